# SPDX-License-Identifier: Apache-2.0
"""Loads the same pages with the program and its peers in turn: first load, then the same keys in order and in random order."""
import contextlib
import json
import pathlib
import shutil
import sqlite3
import sys

import measure
import pages
import peers

HERE = pathlib.Path(__file__).resolve().parent
OWN = "fivetran-sim"
WORK = {"first": "first load", "again": "re-sync in order", "random": "re-sync in random order"}


class Tool:
    """A way to load a folder of pages. `few`: gets the first of the pages only, because it takes long; ratios are by row."""

    def __init__(self, name, command, environment=None, few=False, needs=(), works=tuple(WORK)):
        self.name, self.command, self.environment = name, command, environment
        self.few, self.needs, self.works = few, needs, works


def own(program, destination):
    """The program; --adopt because each folder of pages is another target."""
    return lambda database, folder, _: [program, "run", f"scenario:{folder}", "--adopt", "--quiet", "--destination", destination(database)]


def into_postgres(program, url):
    return lambda database, folder, _: [program, "run", f"scenario:{folder}", "--adopt", "--quiet", "--destination", url, "--schema", schema_of(database)]


def python(way, environment="python"):
    interpreter = sys.executable if environment is None else peers.python(environment)
    return lambda database, folder, count: [interpreter, HERE / "peers/load.py", way, database, folder, count]


def floor(program, way):
    return lambda database, folder, count: [program, way, database, *sorted(folder.glob("*.json"))[:count]]


def singer(database, folder, count):
    config = pathlib.Path(f"{database}.json")
    config.write_text(json.dumps({"path": f"{database}.db", "filepath": f"{database}.db", "default_target_schema": "main"}), encoding="utf-8")
    tap = f"'{sys.executable}' '{HERE}/peers/load.py' singer - '{folder}' {count}"
    return ["bash", "-c", f"set -o pipefail; {tap} | '{peers.FOLDER}/singer/bin/target-duckdb' -c '{config}'"]


def tools(programs):
    first = ("first",)
    return [
        Tool(OWN, own(programs["fivetran-sim"], lambda database: f"sqlite:{database}")),
        Tool("floor: simdjson + bound insert, WAL", floor(programs["raw_floor"], "load")),
        Tool("floor: the same without a journal", floor(programs["raw_floor"], "load-unsafe"), works=first),
        Tool("Python json + sqlite3", python("json", None)),
        Tool("Python json + sqlite3, checked by hand", python("json-checked", None), works=first),
        Tool("Python orjson + sqlite3", python("orjson"), needs=("python",), works=first),
        Tool("Python orjson + sqlite3, checked by hand", python("orjson-checked"), needs=("python",), works=first),
        Tool("Node better-sqlite3", lambda database, folder, _: ["node", HERE / "peers/better_sqlite3.cjs", database, folder],
             environment=peers.node_environment(), needs=("better-sqlite3",)),
        Tool("sqlite-utils insert_all(replace)", python("sqlite-utils"), few=True, needs=("python",), works=("first", "again")),
        Tool("DuckDB INSERT OR REPLACE from read_json", python("duckdb"), few=True, needs=("python",), works=("first", "again")),
        Tool("Singer target-duckdb", singer, few=True, needs=("singer",), works=first),
        Tool("dlt into DuckDB, merge", python("dlt"), few=True, needs=("python",), works=first),
    ]


def schema_of(database):
    """A schema of its own for each round and tool, since the server stays the same."""
    return f"{database.parent.name}_{database.name}".replace("-", "_").lower()


def engine_floor(*before):
    """`before`: its words in front of the folder, a function of the database's path."""
    return lambda database, folder, count: [peers.python("python"), HERE / "peers/engine_floor.py", before[0], *before[1](database), folder, count]


def engine_tools(programs, postgres):
    """By engine: the program and the engine's own way to merge ready rows."""
    program = programs["fivetran-sim"]
    found = {}
    if postgres:
        found["PostgreSQL"] = [Tool(f"{OWN} into PostgreSQL", into_postgres(program, postgres)),
                               Tool("floor: COPY of ready rows and one merge, psql",
                                    engine_floor("postgres", lambda database: [postgres, schema_of(database)]), needs=("python",))]
    if (pathlib.Path(program).parent / "libduckdb.so").exists():
        found["DuckDB"] = [Tool(f"{OWN} into DuckDB", own(program, lambda database: f"duckdb:{database}")),
                           Tool("floor: DELETE and INSERT of ready rows from Parquet, DuckDB",
                                engine_floor("duckdb", lambda database: [f"{database}.duckdb"]), needs=("python",))]
    return found


def prepare_rows(folder):
    """The ready rows of the floors of engines, outside of what is measured."""
    measure.run([peers.python("python"), HERE / "peers/engine_floor.py", "prepare", folder])


def write_folders(folder, shape, count, size):
    folders, megabytes = {}, 0
    for version, name in enumerate(WORK):
        folders[name] = folder / name
        megabytes = pages.write_pages(folders[name], count, size, shape, version, shuffled=name == "random") / 1e6
    return folders, megabytes


def is_sqlite(path):
    with path.open("rb") as file:
        return file.read(6) == b"SQLite"


def check_rows(database, name, wanted):
    """A tool that lost rows is not measured."""
    if wanted is None or not database.exists() or not is_sqlite(database):
        return
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        found = connection.execute("select count(*) from orders").fetchone()[0]
    if found != wanted:
        raise SystemExit(f"{name} loaded {found} rows of {wanted}")


def one_round(shape, found, folders, megabytes, rows, counts, series, folder):
    """Each tool loads into a database of its own, which it fills with the first load of the round."""
    for work in WORK:
        for tool in found:
            if work not in tool.works:
                continue
            count = counts[1] if tool.few else counts[0]
            key = (f"{shape}, {WORK[work]}", tool.name)
            one = series.setdefault(key, measure.Series(*key, megabytes * count / counts[0], rows * count,
                                                        note=f"{count} of the {counts[0]} pages" if count != counts[0] else ""))
            database = folder / "".join(letter if letter.isalnum() else "-" for letter in tool.name)
            try:
                one.add(measure.run(tool.command(database, folders[work], count), cwd=folder, environment=tool.environment))
                check_rows(database, tool.name, rows * count if work == "first" else None)
            except measure.Failed as error:
                one.note = measure.short(error)


def run(problems, folder, count, few, size, rounds, shapes, wanted, prepare=None):
    """All series. Rounds are interleaved: each tool once, then all once more. `prepare` is called once for each folder of pages."""
    series = {}
    for shape in shapes:
        here = folder / shape
        here.mkdir()
        folders, megabytes = write_folders(here, shape, count, size)
        rows = pages.rows_a_page(size, shape)
        if prepare is not None:
            for name in folders.values():
                prepare(name)
        for number in range(rounds):
            databases = here / f"round-{number}"
            databases.mkdir()
            able = [tool for tool in wanted if not any(need in problems for need in tool.needs)]
            one_round(shape, able, folders, megabytes, rows, (count, min(few, count)), series, databases)
            shutil.rmtree(databases)
            print(f"  {shape} rows, round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        for tool in wanted:
            for need in tool.needs:
                if need in problems:
                    key = (f"{shape}, {WORK['first']}", tool.name)
                    series[key] = measure.Series(*key, 0, 0, note=problems[need])
        shutil.rmtree(here)
    return list(series.values())
