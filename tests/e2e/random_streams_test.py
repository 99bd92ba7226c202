#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random streams of responses, loaded by the program and by a plain map in Python: the tables must be equal.

    tests/e2e/random_streams_test.py PROGRAM [--engine postgres|duckdb] [--streams N] [--seed N]
"""
import argparse
import json
import pathlib
import random
import sqlite3
import sys

import program
from warehouses import Warehouses

STREAMS, SEED, ENGINE = 25, None, "sqlite"
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


class RandomStreamsTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.warehouses = Warehouses(ENGINE, self.folder)
        self.addCleanup(self.warehouses.drop_all)

    def stored_rows(self, database, name, columns):
        connection = sqlite3.connect(f"file:{self.folder / database}?mode=ro", uri=True)
        try:
            there = [row[1] for row in connection.execute(f'pragma table_info("{name}")')]
            listed = ", ".join(f'"{column}"' if column in there else "null" for column in columns)
            return sorted(connection.execute(f'select {listed} from "{name}"'), key=repr) if there else []
        finally:
            connection.close()

    def printed_rows(self, database, name, columns):
        """The same as `sql` prints them."""
        where = ("--destination", self.warehouses.url(database), "--format", "json")
        found = [table for table in json.loads(self.run_program("tables", *where)) if table["name"] == name]
        there = [column["name"] for table in found for column in table["columns"]]
        if not there:
            return []
        listed = ", ".join(f'"{column}"' if column in there else f'null as "{column}"' for column in columns)
        rows = json.loads(self.run_program("sql", f'select {listed} from "{name}"', *where))
        return sorted((tuple(stored_form(row[column]) for column in columns) for row in rows), key=repr)

    def test_streams(self):
        source = ["id", "Part", "count", "ratio", "text", "flag", "nested", "list"]
        for stream in range(STREAMS):
            chance = random.Random(f"{SEED}-{stream}")
            responses, tables = random_stream(chance)
            folder = self.folder / f"stream-{stream}"
            folder.mkdir()
            for page, response in enumerate(responses):
                (folder / f"{page:03}.json").write_text(json.dumps(response, ensure_ascii=chance.random() < 0.5), encoding="utf-8")
            report = self.run_report("run", f"scenario:{folder}", "--destination", self.warehouses.url(f"{stream}.db"))
            with self.subTest(seed=SEED, stream=stream):
                errors = [f["rule"] for f in report["findings"] if f["severity"] == "error"]
                self.assertEqual(errors, [])
                self.assertEqual(report["syncs"][0]["state"], responses[-1]["state"])
                self.assertEqual(len(report["syncs"][0]["calls"]), len(responses))
                for name, table in tables.items():
                    read = self.stored_rows if ENGINE == "sqlite" else self.printed_rows
                    stored = read(f"{stream}.db", name, [column.lower() for column in source])
                    self.assertEqual(stored, expected_rows(table, source))


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
