#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`diff` against a `warehouse.db` as `fivetran debug` of the Connector SDK leaves it: a DuckDB file with the tables in the schema
`tester`, which is not ours and stays untouched.

    tests/e2e/warehouse_db_test.py PROGRAM
"""
import ctypes
import json
import sys

import program

TABLES = """
CREATE SCHEMA tester;
CREATE TABLE tester.orders(id BIGINT, total DOUBLE, price DECIMAL(20,2), paid BOOLEAN, day DATE, made_at TIMESTAMP WITH TIME ZONE,
  note VARCHAR, tags VARCHAR, _fivetran_synced TIMESTAMP WITH TIME ZONE, _fivetran_deleted BOOLEAN, PRIMARY KEY (id));
INSERT INTO tester.orders VALUES
  (1, 10.25, 12345678901234567.5, true, '2024-02-29', '2024-03-01 00:30:00.12+01', 'a', '{"k": [1, null]}', now(), false),
  (2, -1, NULL, false, NULL, NULL, '', NULL, now(), false);
CREATE TABLE tester.log(message VARCHAR, _fivetran_synced TIMESTAMP WITH TIME ZONE);
INSERT INTO tester.log VALUES ('x', now()), ('x', now()), ('y', now());
"""

PAGE = {"state": {}, "hasMore": False, "schema": {"orders": {"primary_key": ["id"]}},
        "insert": {"orders": [{"id": 1, "total": 10.25, "price": "PRICE", "paid": True, "day": "2024-02-29",
                               "made_at": "2024-02-29T23:30:00.12Z", "note": "a", "tags": {"k": [1, None]}},
                              {"id": 2, "total": -1, "paid": False, "note": ""}],
                   "log": [{"message": "x"}, {"message": "y"}, {"message": "x"}]}}


def write_duckdb(path, sql):
    """Runs statements on a DuckDB file, through the library's own C API."""
    library = ctypes.CDLL(str(program.DUCKDB))
    database, connection = ctypes.c_void_p(), ctypes.c_void_p()
    library.duckdb_query.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    assert library.duckdb_open(str(path).encode(), ctypes.byref(database)) == 0, f"cannot open {path}"
    assert library.duckdb_connect(database, ctypes.byref(connection)) == 0
    assert library.duckdb_query(connection, sql.encode(), None) == 0, "the statements failed"
    library.duckdb_disconnect(ctypes.byref(connection))
    library.duckdb_close(ctypes.byref(database))


class WarehouseDbTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "files").mkdir()
        self.warehouse = self.folder / "files" / "warehouse.db"
        write_duckdb(self.warehouse, TABLES)
        (self.folder / "pages").mkdir()
        (self.folder / "pages" / "1.json").write_text(json.dumps(PAGE).replace('"PRICE"', "12345678901234567.5"), encoding="utf-8")

    def test_equal_tables_are_equal_whatever_the_engine(self):
        for ours in ("sqlite:ours", "duckdb:ours.duckdb"):
            self.run_program("run", "scenario:pages", "--destination", ours)
            out = self.run_program("diff", ours, "duckdb:files/warehouse.db")
            self.assertIn("orders  +0 added  -0 removed  ~0 changed  =2 same", out)
            self.assertIn("log  +0 added  -0 removed  ~0 changed  =3 same", out)
            self.assertTrue(out.endswith("equal\n"), out)

    def test_differences_are_told_and_the_file_stays_as_it_is(self):
        self.run_program("run", "scenario:pages", "--destination", "sqlite:ours")
        write_duckdb(self.warehouse, "UPDATE tester.orders SET note = 'b', tags = '{\"k\": [2, null]}' WHERE id = 1; DELETE FROM tester.log")
        before = self.warehouse.read_bytes()
        out = self.run_program("diff", "sqlite:ours", "duckdb:files/warehouse.db", "--schema-b", "tester", exit_code=1)
        self.assertIn("~ id=1   note: a → b, tags: {\"k\":[1,null]} → {\"k\":[2,null]}", out)
        self.assertIn("log  +0 added  -3 removed", out)
        self.assertEqual(self.warehouse.read_bytes(), before)

    def test_no_run_loads_into_it(self):
        for command in (["run", "scenario:pages"], ["reset", "--force"], ["tables"]):
            process = self.start(*command, "--destination", "duckdb:files/warehouse.db", "--schema", "tester")
            _, err = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 4, err)
            self.assertIn("it holds tables that fivetran-sim did not make, such as log", err)


if __name__ == "__main__":
    program.leave_without("duckdb")
    program.main()
