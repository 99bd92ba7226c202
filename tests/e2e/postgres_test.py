#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A warehouse on a PostgreSQL server: beside one in SQLite, looked at, held by two runs, and when the server says no.

    tests/e2e/postgres_test.py PROGRAM

FSIM_TEST_POSTGRES names the file that tests/support/postgres_server.py wrote.
"""
import csv
import io
import json
import random
import string
import subprocess
import sys
import textwrap
import time
import unittest
import uuid

import program

PAGES = f"python:{program.SAMPLES / 'pages.py'}:lambda_handler"
# A connector of two pages over three tables: every type, a key of two parts, no key, deletes.
SHOP = """
    PAGES = [
        {"state": {"page": 1}, "hasMore": True, "schema": {"Orders": {"primary_key": ["id"]}, "lines": {"primary_key": ["order", "line"]}},
         "insert": {"Orders": [{"id": 1, "xmin": 7, "price": 10.10, "paid": True, "big": 12345678901234567890123, "day": "2024-02-29",
                                "at": "2024-03-01T00:30:00.1234567+01:00", "local": "2024-01-01T00:00", "who": {"b": 1.0, "a": ["Zoë"]}, "note": "a,\\"b\\"\\n"},
                               {"id": 2, "xmin": 9, "price": 0.5, "note": ""}, {"id": 3}],
                    "lines": [{"order": 1, "line": "a"}, {"order": 1, "line": "B"}, {"order": 2, "line": "é"}, {"order": 2, "line": "z"}],
                    "log": [{"text": "one"}, {"text": "two"}]}},
        {"state": {"page": 2}, "hasMore": False, "schema": {"Orders": {"primary_key": ["id"]}, "lines": {"primary_key": ["order", "line"]}},
         "insert": {"Orders": [{"id": 2, "price": 1e22, "xmin": "text"}]}, "delete": {"Orders": [{"id": 3}], "lines": [{"order": 9, "line": "a"}]}},
    ]
    def lambda_handler(event, context):
        return PAGES[event["state"].get("page", 0)]
"""


class PostgresTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.url = program.postgres_url()
        self.schema = "t_" + uuid.uuid4().hex[:12]
        self.where = ("--destination", self.url, "--schema", self.schema)
        (self.folder / "shop.py").write_text(textwrap.dedent(SHOP), encoding="utf-8")

    def server(self, sql):
        """What the server itself answers, read by psql."""
        done = subprocess.run(["psql", self.url, "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def fails(self, *arguments, exit_code=4, **more):
        """Runs what must fail and returns its one line on stderr."""
        process = self.start(*arguments, **more)
        self.addCleanup(process.kill)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, exit_code, f"{arguments}\n{out}\n{err}")
        lines = [line for line in err.splitlines() if line.startswith("fivetran-sim: ") and " taken as " not in line]
        self.assertEqual(len(lines), 1, err)
        return lines[0]

    def test_it_holds_what_sqlite_holds(self):
        for where in (self.where, ("--destination", "sqlite:w.sqlite", "--schema", self.schema)):
            report = self.run_report("run", "shop.py", *where)
            self.assertEqual({table["name"]: table["rows"] for table in report["tables"]}, {"orders": 2, "lines": 4, "log": 2})
        out = self.run_program("diff", "sqlite:w.sqlite", self.url, "--schema", self.schema)
        self.assertIn("equal", out)
        self.run_program("diff", self.url, "sqlite:w.sqlite", "--schema", self.schema)
        for statement in ("select * from orders order by id", 'select * from lines order by "order", line', "select * from log order by text"):
            texts = [json.loads(self.run_program("sql", statement, "--format", "json", *where))
                     for where in (self.where, ("--destination", "sqlite:w.sqlite", "--schema", self.schema))]
            for rows in texts:
                for row in rows:
                    row.pop("_fivetran_synced")
                    row["xmin"] = row.pop("_xmin", row.pop("xmin", None))
            self.assertEqual(*texts)
        self.assertEqual(self.run_program("schema", "show", *self.where),
                         self.run_program("schema", "show", "--destination", "sqlite:w.sqlite", "--schema", self.schema))

    def test_types_are_those_of_postgresql(self):
        self.run_program("run", "shop.py", *self.where)
        types = dict(line.split("|") for line in self.server(
            f"select column_name, data_type from information_schema.columns where table_schema = '{self.schema}' and table_name = 'orders'").splitlines())
        self.assertEqual(types, {
            "id": "smallint", "_xmin": "text", "price": "double precision", "paid": "boolean", "big": "numeric", "day": "date",
            "at": "timestamp with time zone", "local": "timestamp without time zone", "who": "json", "note": "text",
            "_fivetran_synced": "timestamp with time zone"})
        self.assertEqual(self.server(f"select who from {self.schema}.orders where id = 1"), '{"b":1.0,"a":["Zoë"]}')
        self.assertEqual(self.server(f"select at at time zone 'UTC' from {self.schema}.orders where id = 1"), "2024-02-29 23:30:00.123456")
        self.assertEqual(self.server(f"select pg_get_constraintdef(oid) from pg_constraint where conrelid = '{self.schema}.lines'::regclass"),
                         'PRIMARY KEY ("order", line)')

    def test_sql_prints_table_csv_and_json(self):
        self.run_program("run", "shop.py", *self.where)
        statement = "select id, price, paid, big, day, at, who, note from orders order by id"
        self.assertIn("2024-02-29T23:30:00.123456Z", self.run_program("sql", statement, *self.where))
        rows = list(csv.reader(io.StringIO(self.run_program("sql", statement, "--format", "csv", *self.where), newline="")))
        self.assertEqual(rows[1], ["1", "10.1", "true", "12345678901234567890123", "2024-02-29", "2024-02-29T23:30:00.123456Z", '{"b":1.0,"a":["Zoë"]}', 'a,"b"\n'])
        found = json.loads(self.run_program("sql", statement, "--format", "json", *self.where))
        self.assertEqual(found[0]["who"], {"b": 1.0, "a": ["Zoë"]})
        self.assertEqual((found[1]["price"], found[1]["paid"], found[0]["big"]), (1e22, None, 12345678901234567890123))
        for statement, text in (("delete from orders", "only reading"), ("select 1; select 2", "exactly one statement"), ("selec 1", "syntax error"),
                                ("", "exactly one statement"), ("copy orders to stdout", "COPY is not possible"), ("select nothing from orders", "does not exist")):
            self.assertIn(text, self.fails("sql", statement, *self.where, exit_code=2))
        self.assertEqual(self.server(f"select count(*) from {self.schema}.orders"), "2")

    def test_state_and_tables_and_reset(self):
        self.run_program("run", "shop.py", *self.where)
        self.assertEqual(json.loads(self.run_program("state", "show", *self.where)), {"page": 2})
        self.assertEqual([table["name"] for table in json.loads(self.run_program("tables", "--format", "json", *self.where))], ["lines", "log", "orders"])
        self.run_program("state", "set", '{"page": 1}', *self.where)
        self.run_program("run", "shop.py", *self.where)
        self.assertEqual(json.loads(self.run_program("state", "show", *self.where)), {"page": 2})
        self.server(f"create table {self.schema}.mine(a int)")
        self.run_program("reset", "--force", *self.where)
        self.assertEqual(self.server(f"select table_name from information_schema.tables where table_schema = '{self.schema}'"), "mine")
        self.assertIn("it holds tables that fivetran-sim did not make, such as mine", self.fails("run", "shop.py", *self.where))

    def test_a_schema_of_somebody_else_is_refused(self):
        self.server(f"create schema {self.schema}; create table {self.schema}.orders(id int)")
        self.assertIn("such as orders", self.fails("run", "shop.py", *self.where))
        self.assertEqual(self.server(f"select count(*) from {self.schema}.orders"), "0")
        self.assertIn("has no schema", self.fails("tables", "--destination", self.url, "--schema", "nothing_" + self.schema))

    def test_a_second_run_is_told_who_holds_the_schema(self):
        (self.folder / "slow.py").write_text("import time\ndef lambda_handler(event, context):\n    open('called', 'w').close()\n    time.sleep(600)\n", encoding="utf-8")
        first = self.start("run", "slow.py", *self.where)
        try:
            deadline = time.monotonic() + 60
            while not (self.folder / "called").exists() and time.monotonic() < deadline:
                time.sleep(0.05)
            line = self.fails("run", "shop.py", *self.where)
            self.assertRegex(line, f"process {first.pid} on .* holds the schema {self.schema}")
            self.run_program("run", "shop.py", "--destination", self.url, "--schema", self.schema + "_b")
        finally:
            first.kill()
            first.communicate()
        self.run_program("run", "shop.py", *self.where)

    def test_errors_of_the_server_are_one_line_without_the_password(self):
        host = self.url.split("host=")[1]
        secret = "open-sesame-1"
        for url, text in ((f"postgresql://guarded:{secret}@/postgres?host={host}", "password authentication failed"),
                          (f"postgresql://guarded@/postgres?host={host}&password={secret}", "password authentication failed"),
                          (f"postgresql://tester:{secret}@/no_such_database?host={host}", "createdb"),
                          (f"postgres://nobody:{secret}@/postgres?host={host}", "role \"nobody\" does not exist"),
                          (f"postgresql://tester:{secret}@/postgres?host=/no/such/folder", "is the server running"),
                          (f"postgresql://tester:{secret}@127.0.0.1:{program.free_port()}/postgres", "Connection refused")):
            for command in (("tables",), ("run", "shop.py")):
                line = self.fails(*command, "--destination", url)
                self.assertIn(text, line)
                self.assertNotIn(secret, line)
        self.assertNotIn(secret, self.fails("tables", "--destination", f"postgresql://u:{secret}@h:1x/db", exit_code=2))
        self.assertNotIn(secret, self.fails("tables", "--destination", f"postgre://u:{secret}@h/db", exit_code=2))
        process = self.start("run", "shop.py", "--destination", f"postgresql://tester:{secret}@/postgres?host={host}", "--schema", self.schema, "--report", "json=r.json")
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        for text in (out, err, (self.folder / "r.json").read_text(encoding="utf-8")):
            self.assertNotIn(secret, text)

    def test_a_role_needs_rights(self):
        host = self.url.split("host=")[1]
        guarded = ("--destination", f"postgresql://guarded@/postgres?host={host}", "--schema", self.schema)
        line = self.fails("run", "shop.py", *guarded, PGPASSWORD="right password")
        self.assertIn("permission denied for database postgres (the role needs CREATE", line)
        self.run_program("run", "shop.py", *self.where)
        self.assertIn("the role may not use the schema", self.fails("tables", *guarded, PGPASSWORD="right password"))

    def test_a_lost_connection_is_told_and_the_next_run_goes_on(self):
        """The server ends the session while the sync runs."""
        process = self.start("run", PAGES, *self.where)
        deadline = time.monotonic() + 60
        ended = ""
        while ended != "t" and process.poll() is None and time.monotonic() < deadline:
            ended = self.server("select pg_terminate_backend(pid) from pg_stat_activity where application_name like "
                                f"'process {process.pid} %' and exists (select from information_schema.tables where table_schema = '{self.schema}' and table_name = 'orders')")
        out, err = process.communicate(timeout=120)
        self.assertEqual((ended, process.returncode), ("t", 4), f"{out}\n{err}")
        self.assertIn("the connection to the server was lost", err)
        self.run_program("run", PAGES, *self.where)
        self.run_program("run", PAGES, "--destination", "sqlite:w.sqlite", "--schema", self.schema)
        self.run_program("diff", "sqlite:w.sqlite", self.url, "--schema", self.schema)

    def test_keys_longer_than_an_index_takes(self):
        """Texts of more than 2.7 kB do not fit into a B-tree: they come later, are replaced, deleted, and the key changes."""
        chance = random.Random(2704)
        names = ["".join(chance.choices(string.printable, k=size)) for size in (10, 1000, 1900, 3000, 3000, 9000)]
        names += [names[5] + "x", names[3][:-1] + "é"]

        def page(number, rows, gone=(), key=("name", "part")):
            return {"state": {"page": number}, "hasMore": number < 6, "schema": {"t": {"primary_key": list(key)}},
                    "insert": {"t": [{"name": name, "part": part, "page": number} for name, part in rows]},
                    "delete": {"t": [{"name": name, "part": part} for name, part in gone]}}
        pages = [page(1, [(name, 1) for name in names[:3]]), page(2, [(name, part) for name in names for part in (1, 2)]),
                 page(3, [(name, 1) for name in names[2:7]], gone=[(names[5], 2), (names[6], 1)]),
                 page(4, [(name, "x") for name in names]),
                 page(5, [(name + "!", "y") for name in names], key=("name",)), page(6, [(name, "z") for name in names[3:]], key=("name",))]
        (self.folder / "long").mkdir()
        for number, response in enumerate(pages):
            (self.folder / "long" / f"{number}.json").write_text(json.dumps(response), encoding="utf-8")
        beside = ("--destination", "sqlite:w.sqlite", "--schema", self.schema)
        for where in (self.where, beside):
            self.run_program("run", "scenario:long", *where, "--max-calls", "3", exit_code=6)
            self.run_program("run", "scenario:long", *where, exit_code=1)  # a new process; SCH-04 is an error
        self.run_program("diff", "sqlite:w.sqlite", self.url, "--schema", self.schema)
        self.assertEqual(self.server(f"select count(*), count(distinct name) from {self.schema}.t"), "16|16")

    def test_a_view_on_a_column_that_changes_its_type(self):
        """Nothing of the page is stored, the view is named, and once it is dropped the next run goes on."""
        for number, value in enumerate((1, "text")):
            page = {"state": {"page": number + 1}, "hasMore": number < 1, "schema": {"t": {"primary_key": ["id"]}, "u": {"primary_key": ["id"]}},
                    "insert": {"u": [{"id": number, "v": 1}], "t": [{"id": number, "v": value}]}}
            (self.folder / "view").mkdir(exist_ok=True)
            (self.folder / "view" / f"{number}.json").write_text(json.dumps(page), encoding="utf-8")
        self.run_program("run", "scenario:view", *self.where, "--max-calls", "1", exit_code=6)
        self.server(f"create view {self.schema}_mine as select v from {self.schema}.t")
        self.addCleanup(self.server, f"drop view if exists {self.schema}_mine")
        line = self.fails("run", "scenario:view", *self.where)
        self.assertIn("change columns of t in", line)
        self.assertIn(f"on view public.{self.schema}_mine depends on column \"v\"", line)
        self.assertIn("drop what was built on the table, run again", line)
        self.assertEqual(self.server(f"select (select count(*) from {self.schema}.t), (select count(*) from {self.schema}.u)"), "1|1")
        self.assertEqual(json.loads(self.run_program("state", "show", *self.where)), {"page": 1})
        self.server(f"drop view {self.schema}_mine")
        self.run_program("run", "scenario:view", *self.where)
        self.assertEqual(self.server(f"select string_agg(v, ' ' order by id) from {self.schema}.t"), "1 text")

    @unittest.skipIf(sys.platform == "darwin", "the loader looks for it by path there")
    def test_without_libpq_it_says_what_to_install(self):
        (self.folder / "libpq.so.5").write_bytes(b"no library")
        line = self.fails("tables", *self.where, LD_LIBRARY_PATH=str(self.folder))
        self.assertIn("its client library libpq is not installed (apt-get install libpq5", line)
        self.run_program("run", "shop.py", "--destination", "sqlite:w.sqlite", LD_LIBRARY_PATH=str(self.folder))

    def test_more_columns_than_postgresql_takes(self):
        (self.folder / "wide.py").write_text("def lambda_handler(event, context):\n    return {'state': {}, 'hasMore': False, 'insert': {'wide': "
                                             "[{f'c{i}': i for i in range(1600)}], 'small': [{'a': 1}]}}\n", encoding="utf-8")
        line = self.fails("run", "wide.py", *self.where)
        self.assertIn("wide", line)
        self.assertIn("more than 1600 columns, which is PostgreSQL's limit", line)
        self.assertEqual(self.server(f"select count(*) from information_schema.tables where table_schema = '{self.schema}' and table_name in ('wide', 'small')"), "0")


if __name__ == "__main__":
    program.leave_without("postgres")
    program.main()
