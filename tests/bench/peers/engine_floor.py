#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The fastest way of an engine itself to load ready rows and merge them by key, a transaction a page.

    tests/bench/peers/engine_floor.py prepare FOLDER                         ready rows beside the pages: CSV, and Parquet where duckdb is there
    tests/bench/peers/engine_floor.py postgres URL SCHEMA FOLDER [PAGES]     COPY into an unlogged table, then one INSERT … ON CONFLICT
    tests/bench/peers/engine_floor.py duckdb DATABASE FOLDER [PAGES]         INSERT OR REPLACE from read_parquet

The rows are typed as the program infers them. Nothing is parsed, judged or remembered here.
"""
import csv
import json
import pathlib
import subprocess
import sys

TYPES = {"id": "integer", "account": "integer", "amount": "double precision", "rate": "double precision", "created_at": "timestamptz", "name": "text",
         "email": "text", "status": "text", "active": "boolean", "note": "text", "address": "json", "ref": "text"}
COLUMNS = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in TYPES if name != "id")
SYNCED = "_fivetran_synced timestamptz"


def prepare(folder):
    for page in sorted(folder.glob("*.json")):
        with page.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            for row in json.loads(page.read_bytes())["insert"]["orders"]:
                out.writerow("" if value is None else json.dumps(value) if isinstance(value, (dict, bool)) else value for value in map(row.get, TYPES))
        try:
            import duckdb
        except ImportError:
            continue
        names = json.dumps({name: kind.upper() for name, kind in TYPES.items()}).replace('"', "'")
        duckdb.execute(f"copy (select * from read_csv('{page.with_suffix('.csv')}', header = false, columns = {names})) "
                       f"to '{page.with_suffix('.parquet')}' (format parquet)")


def into_postgres(url, schema, pages):
    script = [f"create schema if not exists {schema}; set search_path = {schema};",
              f"create table if not exists orders({COLUMNS}, {SYNCED}, primary key (id));",
              f"create unlogged table if not exists stage({COLUMNS});"]
    for page in pages:
        script += ["begin;", f"\\copy stage from '{page}' (format csv)",
                   f"insert into orders select *, now() from stage on conflict (id) do update set {CHANGES}, _fivetran_synced = now();",
                   "truncate stage;", "commit;"]
    subprocess.run(["psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", url], input="\n".join(script), text=True, check=True)


def into_duckdb(database, pages):
    import duckdb
    connection = duckdb.connect(database)
    connection.execute(f"create table if not exists orders({COLUMNS}, {SYNCED}, primary key (id))")
    for page in pages:
        connection.execute("begin")
        connection.execute(f"delete from orders where id in (select id from read_parquet('{page}'))")
        connection.execute(f"insert into orders select *, now() from read_parquet('{page}')")
        connection.execute("commit")
    connection.close()


def main():
    way, *words = sys.argv[1:]
    if way == "prepare":
        return prepare(pathlib.Path(words[0]))
    ending = ".csv" if way == "postgres" else ".parquet"
    folder, count = words[2 if way == "postgres" else 1:][:2]
    pages = sorted(pathlib.Path(folder).glob(f"*{ending}"))[:int(count)]
    if way == "postgres":
        return into_postgres(words[0], words[1], pages)
    return into_duckdb(words[0], pages)


if __name__ == "__main__":
    main()
