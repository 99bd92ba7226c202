#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Loads the pages of a folder as one would without the program.

    tests/bench/peers/load.py WAY DATABASE FOLDER [PAGES]

WAY is json, orjson, json-checked, orjson-checked (sqlite3, executemany, a commit a page), sqlite-utils, duckdb (its own read_json),
dlt (into DuckDB), or singer: prints the messages of a tap for a Singer target.
"""
import json
import os
import pathlib
import re
import sqlite3
import sys

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?$")


def kind(value):
    if isinstance(value, str):
        return "time" if TIME.match(value) else "text"
    return type(value).__name__


def check(page, seen_types):
    """What a careful person writes by hand: fields, keys, duplicates, one type a column."""
    if not isinstance(page.get("hasMore"), bool) or not isinstance(page.get("state"), dict) or not isinstance(page.get("insert"), dict):
        sys.exit("the response lacks a field")
    for table, rows in page["insert"].items():
        key, keys = page["schema"][table]["primary_key"], set()
        for row in rows:
            own = tuple(row.get(column) for column in key)
            if None in own or own in keys:
                sys.exit(f"{table}: key {own} is null or repeated")
            keys.add(own)
            for column, value in row.items():
                if value is not None and seen_types.setdefault(column, kind(value)) != kind(value):
                    sys.exit(f"{table}.{column} changes its type")


def pages(folder, count, loads=json.loads):
    for path in sorted(folder.glob("*.json"))[:count]:
        yield loads(path.read_bytes())


def into_sqlite(database, read, checked):
    connection = sqlite3.connect(database)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    statement, types = None, {}
    for page in read:
        if checked:
            check(page, types)
        rows = page["insert"]["orders"]
        if statement is None:
            columns = list(rows[0])
            connection.execute(f"create table if not exists orders({', '.join(columns)}, primary key(id))")
            statement = (f"insert into orders values({', '.join('?' * len(columns))}) on conflict(id) do update set "
                         + ", ".join(f"{c} = excluded.{c}" for c in columns if c != "id"))
        connection.executemany(statement, ([json.dumps(v) if isinstance(v, (dict, list)) else v for v in map(row.get, columns)]
                                           for row in rows))
        connection.commit()
    connection.close()


def into_sqlite_utils(database, read):
    import sqlite_utils
    connection = sqlite3.connect(database)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    target = sqlite_utils.Database(connection)
    for page in read:
        target["orders"].insert_all(page["insert"]["orders"], pk="id", replace=True)
    target.conn.commit()
    target.conn.close()


def into_duckdb(database, files):
    import duckdb
    connection = duckdb.connect(str(database))
    for number, path in enumerate(files):
        rows = ("select unnest(r) from (select unnest(\"insert\".orders) as r from "
                f"read_json('{path}', maximum_object_size = 100000000))")
        if number == 0 and not connection.execute("select 1 from duckdb_tables() where table_name = 'orders'").fetchall():
            connection.execute(f"create table orders as select * from ({rows}) limit 0")
            connection.execute("alter table orders add primary key (id)")
        connection.execute(f"insert or replace into orders {rows}")
    connection.close()


def with_dlt(database, read):
    os.environ.update(RUNTIME__DLTHUB_TELEMETRY="false", RUNTIME__LOG_LEVEL="CRITICAL")
    import dlt
    pipeline = dlt.pipeline("bench", pipelines_dir=str(database) + ".dlt", destination=dlt.destinations.duckdb(str(database)), dataset_name="bench")
    pipeline.run((page["insert"]["orders"] for page in read), table_name="orders", primary_key="id", write_disposition="merge")


def singer(read):
    types = {"int": "integer", "float": "number", "str": "string", "bool": "boolean", "NoneType": "string"}
    write, declared = sys.stdout.write, False
    for page in read:
        for row in page["insert"]["orders"]:
            if not declared:
                declared = True
                columns = {name: {"type": [types[type(value).__name__], "null"]} for name, value in row.items() if not isinstance(value, dict)}
                columns |= {name: {"type": "object", "properties": {inner: {"type": ["string", "null"]} for inner in value}}
                            for name, value in row.items() if isinstance(value, dict)}
                write(json.dumps({"type": "SCHEMA", "stream": "orders", "schema": {"properties": columns}, "key_properties": ["id"]}) + "\n")
            write(json.dumps({"type": "RECORD", "stream": "orders", "record": row}) + "\n")
        write(json.dumps({"type": "STATE", "value": page["state"]}) + "\n")


def main():
    way, database, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    count = int(sys.argv[4]) if len(sys.argv) > 4 else None
    loads = json.loads
    if way.startswith("orjson"):
        import orjson
        loads = orjson.loads
    read = pages(folder, count, loads)
    if way.partition("-")[0] in ("json", "orjson"):
        into_sqlite(database, read, way.endswith("-checked"))
    elif way == "sqlite-utils":
        into_sqlite_utils(database, read)
    elif way == "duckdb":
        into_duckdb(database, sorted(folder.glob("*.json"))[:count])
    elif way == "dlt":
        with_dlt(database, read)
    elif way == "singer":
        singer(read)
    else:
        sys.exit(f"unknown way: {way}")


if __name__ == "__main__":
    main()
