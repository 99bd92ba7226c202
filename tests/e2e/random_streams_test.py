#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random streams of responses, loaded by the program and by a plain map in Python: the tables must be equal.

    tests/e2e/random_streams_test.py PROGRAM [--engine postgres|duckdb] [--streams N] [--seed N]
"""
import argparse
import json
import pathlib
import random
import shutil
import sqlite3
import sys

import program
from warehouses import Warehouses

STREAMS, SEED, ENGINE = 25, None, "sqlite"
MOST_IN_ONE = 24  # streams that share a warehouse
SOURCE = ["id", "Part", "count", "ratio", "text", "flag", "nested", "list"]
STORED = [column.lower() for column in SOURCE]
TEXTS = ["", "plain", "naïve café", "日本語", "quote ' and \" and \\", "two\nlines\tand a tab", "emoji 🙂", "x" * 300, "null", "7"]


def random_row(chance, key):
    """A row under a key; each column keeps to one type, and any but the key may be null or absent."""
    row = {"id": key[0], "Part": key[1], "count": chance.randint(-2**40, 2**40), "ratio": chance.randint(-10**6, 10**6) / 64 + 1 / 128,
           "text": chance.choice(TEXTS), "flag": chance.random() < 0.5, "nested": {"k": [1, chance.choice(TEXTS), {"z": None}]},
           "list": [chance.randint(0, 9)]}
    for column in list(row)[2:]:
        if chance.random() < 0.15:
            row[column] = None
        elif chance.random() < 0.15:
            del row[column]
    items = list(row.items())
    chance.shuffle(items)
    return dict(items)


def random_stream(chance):
    """Responses that insert, replace and delete rows of two tables, and the tables that they should leave."""
    tables, responses = {"first": {}, "second": {}}, []
    pages = chance.randint(1, 8)
    for page in range(pages):
        response = {"state": {"page": page + 1}, "insert": {}, "delete": {}, "hasMore": page + 1 < pages,
                    "schema": {name: {"primary_key": ["id", "Part"]} for name in tables}}
        for name, table in tables.items():
            keys = [(chance.randint(0, 30), f"p{chance.randint(0, 2)}") for _ in range(chance.randint(0, 40))]
            rows = [random_row(chance, key) for key in keys]
            response["insert"][name] = rows
            for row in rows:
                table[row["id"], row["Part"]] = row
            gone = [(chance.randint(0, 30), f"p{chance.randint(0, 2)}") for _ in range(chance.randint(0, 10))]
            response["delete"][name] = [{"id": key[0], "Part": key[1]} for key in gone]
            for key in gone:
                table.pop(key, None)
        responses.append(response)
    return responses, tables


def stored_form(value):
    """What a value of JSON reads back as from SQLite; with other engines also what `sql --format json` prints."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def expected_rows(table, columns):
    return sorted((tuple(stored_form(row.get(source)) for source in columns) for row in table.values()), key=repr)


def side_by_side(streams):
    """The streams, by number, as one: in its pages each stream has two tables of its own."""
    schema = {f"{name}_{number}": declared for number, (responses, _) in streams.items() for name, declared in responses[0]["schema"].items()}
    pages = max(len(responses) for responses, _ in streams.values())
    merged = []
    for page in range(pages):
        now = {number: responses[page] for number, (responses, _) in streams.items() if page < len(responses)}
        rows = {what: {f"{name}_{number}": rows for number, response in now.items() for name, rows in response[what].items()}
                for what in ("insert", "delete")}
        merged.append({"state": {"page": page + 1}, **rows, "hasMore": page + 1 < pages, "schema": schema})
    return merged


class RandomStreamsTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.warehouses = Warehouses(ENGINE, self.folder)
        self.addCleanup(self.warehouses.drop_all)

    def stored_rows(self, database, names):
        """The rows of the tables, read with Python's own sqlite3; a table that is not there has none."""
        connection = sqlite3.connect(f"file:{self.folder / database}?mode=ro", uri=True)
        try:
            found = {}
            for name in names:
                there = [row[1] for row in connection.execute(f'pragma table_info("{name}")')]
                listed = ", ".join(f'"{column}"' if column in there else "null" for column in STORED)
                found[name] = sorted(connection.execute(f'select {listed} from "{name}"'), key=repr) if there else []
            return found
        finally:
            connection.close()

    def printed_rows(self, database, names):
        """The same as `sql` prints them: one statement reads all tables."""
        where = ("--destination", self.warehouses.url(database), "--format", "json")
        there = {table["name"]: [column["name"] for column in table["columns"]] for table in json.loads(self.run_program("tables", *where))}
        parts = []
        for name in filter(there.get, names):
            listed = ", ".join(f'"{column}"' if column in there[name] else f'null as "{column}"' for column in STORED)
            parts.append(f"select '{name}' as from_table, {listed} from \"{name}\"")
        found = {name: [] for name in names}
        for row in json.loads(self.run_program("sql", " union all ".join(parts), *where)) if parts else []:
            found[row["from_table"]].append(tuple(stored_form(row[column]) for column in STORED))
        return {name: sorted(rows, key=repr) for name, rows in found.items()}

    def load(self, database, responses, chance):
        folder = self.folder / f"{database}-pages"
        folder.mkdir()
        for page, response in enumerate(responses):
            (folder / f"{page:03}.json").write_text(json.dumps(response, ensure_ascii=chance.random() < 0.5), encoding="utf-8")
        report = self.run_report("run", f"scenario:{folder}", "--destination", self.warehouses.url(database))
        self.assertEqual([f["rule"] for f in report["findings"] if f["severity"] == "error"], [])
        self.assertEqual(report["syncs"][0]["state"], responses[-1]["state"])
        self.assertEqual(len(report["syncs"][0]["calls"]), len(responses))
        shutil.rmtree(folder)

    def compare(self, database, streams):
        read = self.stored_rows if ENGINE == "sqlite" else self.printed_rows
        stored = read(database, [f"{name}_{number}" for number, (_, tables) in streams.items() for name in tables])
        for number, (_, tables) in streams.items():
            for name, table in tables.items():
                with self.subTest(seed=SEED, stream=number, table=name):
                    self.assertEqual(stored[f"{name}_{number}"], expected_rows(table, SOURCE))

    def test_streams(self):
        # Some streams share a warehouse and a run, each in tables of its own: what costs most with
        # PostgreSQL and DuckDB is a database and four processes, not the rows.
        first = 0
        while first < STREAMS:
            chance = random.Random(f"{SEED}-from-{first}")
            numbers = range(first, min(STREAMS, first + chance.randint(1, MOST_IN_ONE)))
            streams = {number: random_stream(random.Random(f"{SEED}-{number}")) for number in numbers}
            database = f"{first}.db"
            with self.subTest(seed=SEED, streams=numbers):
                self.load(database, side_by_side(streams), chance)
                self.compare(database, streams)
                self.warehouses.drop(database)
            first = numbers.stop


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--engine", choices=program.ENGINES, default=ENGINE)
    parser.add_argument("--streams", type=int, default=STREAMS)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments = parser.parse_args()
    STREAMS, SEED, ENGINE = arguments.streams, arguments.seed, arguments.engine
    program.leave_without(ENGINE)
    print(f"seed {SEED}", flush=True)
    sys.argv[1:] = [str(arguments.program)]
    program.main()
