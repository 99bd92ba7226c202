#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each system call of a run, a recording and a replay fails once: a full disk, a broken one, no process, no memory, a line that breaks
off, an interrupted or a shortened read or write.

    tests/e2e/failing_calls_test.py PROGRAM LIBRARY [--all] [unittest arguments]

LIBRARY is tests/support/failing_calls.cpp, built. For each call and error the first, third, eighth, 21st … call of
the program fails, with --all each one, until none is left. Interrupted and shortened calls must not be noticed at all. After
any other failure the program ends well, with one line, or with a finding on the connector; what was loaded stands with its state, and
the next run ends as if nothing had happened.
"""
import http.server
import os
import pathlib
import shutil
import sqlite3
import sys
import threading
import unittest

import failing_calls
import program
import warehouses

FILES = ("open", "read", "write", "pread", "pwrite", "fsync", "ftruncate", "rename", "mkdir", "unlink", "opendir", "chmod", "fcntl", "flock", "mmap",
         "malloc")
PROCESSES = ("pipe", "poll", "fork", "vfork", "read", "write", "fcntl", "wait", "socketpair", "thread")
SOCKETS = ("socket", "bind", "listen", "accept", "connect", "send", "sendmsg", "recv", "recvmsg", "poll", "fcntl", "sockname", "sockopt", "thread")
CONNECTOR = """#!/bin/sh
request=$(cat)
page=${request#*'"page":'}; page=${page%%[!0-9]*}
[ "${page:-0}" -lt 3 ] || page=2
exec cat "pages/$((${page:-0} + 1)).json"
"""
HANDLER = """import json, pathlib
def lambda_handler(event, context):
    return json.loads(pathlib.Path("pages/%d.json" % min(event["state"].get("page", 0) + 1, 3)).read_text())
"""
SQLITE = ("--destination", "sqlite:w.sqlite")


class RunTest(failing_calls.Loading):
    def setUp(self):
        super().setUp()
        (self.folder / "connector.sh").write_text(CONNECTOR, encoding="utf-8")
        (self.folder / "connector.sh").chmod(0o755)
        (self.folder / "handler.py").write_text(HANDLER, encoding="utf-8")

    def run_each(self, target, calls, where=SQLITE, check=None):
        words = ["run", target, *where]
        code, told, _ = self.attempt(words)
        self.assertEqual(code, 0, told)
        reference = self.loaded(where)
        self.each_failure(words, calls, check or (lambda code: self.check_loaded(words, where, reference, code)))
        print(f"{target} {where[1].split(':')[0]}: {self.tried} failing calls", flush=True)
        self.assertGreater(self.tried, len(calls))
        self.assert_no_process_left()

    def check_copy(self, words, reference, code):
        """As check_loaded, but the state is looked at in a copy, by SQLite alone: no program mends anything before."""
        warehouse = self.folder / "w.sqlite"
        if warehouse.exists():
            (self.folder / "copy").mkdir()
            for file in self.folder.glob("w.sqlite*"):
                shutil.copy(file, self.folder / "copy")
            connection = sqlite3.connect(self.folder / "copy" / "w.sqlite")
            names = {name for (name,) in connection.execute("select name from sqlite_master")}
            state = connection.execute("select state from _fivetran_sim_connection").fetchone()[0] if names else None
            rows = connection.execute("select count(*) from t").fetchone()[0] if "t" in names else 0
            connection.close()
            self.assertEqual(rows, self.rows_of_state(state))
        if code != 0:
            again, told, _ = self.attempt(words)
            self.assertEqual(again, 0, told)
        self.assertEqual(program.tables(warehouse), reference)

    def run_into_sqlite(self, target, calls):
        words = ["run", target, *SQLITE]
        self.assertEqual(self.attempt(words)[0], 0)
        reference = program.tables(self.folder / "w.sqlite")
        self.clean()
        self.run_each(target, calls, check=lambda code: self.check_copy(words, reference, code))

    def test_files_of_a_run(self):
        self.run_into_sqlite("scenario:pages", FILES)

    def test_processes_of_a_run(self):
        self.line = (*failing_calls.LINE, "read")  # a pipe that cannot be read has been closed
        self.run_into_sqlite("cmd:./connector.sh", PROCESSES)

    def test_sockets_of_a_run(self):
        self.run_into_sqlite("python:handler.py:lambda_handler", tuple(call for call in SOCKETS if call != "connect"))

    def test_a_run_against_a_server(self):
        with server_of(self.folder / "pages") as url:
            self.run_into_sqlite(url, ("socket", "connect", "send", "recv", "poll", "fcntl", "sockname", "sockopt", "thread"))

    def test_a_run_into_duckdb(self):
        if not program.DUCKDB.exists():
            self.skip_or_fail("no DuckDB library (scripts/get-duckdb fetches it)")
        self.unnoticed = {failing_calls.SHORT}  # its library takes an interrupted call for a failed one
        # And it does not bear that there is no memory when it is loaded: a fault of its allocator.
        self.run_each("scenario:pages", tuple(call for call in FILES if call not in ("chmod", "flock", "mmap")),
                      ("--destination", "duckdb:w.duckdb", "--duckdb-library", str(program.DUCKDB)))

    def test_a_run_into_postgres(self):
        if program.postgres_url() is None:
            self.skip_or_fail("no PostgreSQL server: ctest starts one where it is installed")
        databases = warehouses.Warehouses("postgres", self.folder)
        self.addCleanup(databases.drop_all)
        url, self.schemas = databases.url("failing"), 0

        def where():
            return ("--destination", url, "--schema", f"s{self.schemas}")

        def words():
            self.schemas += 1
            return ["run", "scenario:pages", *where()]

        first = words()
        self.assertEqual(self.attempt(first)[0], 0)
        reference = self.loaded(where())
        calls = ("open", "read", "socket", "connect", "send", "recv", "poll", "fcntl", "sockname", "sockopt", "malloc")
        self.each_failure(words, calls, lambda code: self.check_loaded(["run", "scenario:pages", *where()], where(), reference, code))
        print(f"scenario:pages postgresql: {self.tried} failing calls", flush=True)
        self.assertGreater(self.tried, len(calls))

    def skip_or_fail(self, why):
        if os.environ.get("FSIM_NO_SKIP") == "1":
            self.fail(why)
        self.skipTest(why)


class FixtureTest(failing_calls.Loading):
    def files(self):
        folder = self.folder / "fx"
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def test_a_recording(self):
        words = ["record", "scenario:pages", "fx"]
        code, told, _ = self.attempt(words)
        self.assertEqual(code, 0, told)
        whole = self.files()

        def check(code):
            if code == 0:
                self.assertEqual(self.files(), whole)
                return
            again, told, _ = self.attempt([*words, "--record-mode", "all"])
            self.assertEqual(again, 0, told)
            self.assertEqual(self.files(), whole)

        self.each_failure(words, ("open", "write", "fsync", "rename", "mkdir", "chmod", "unlink"), check)
        print(f"record: {self.tried} failing calls", flush=True)

    def test_a_replay(self):
        self.assertEqual(self.attempt(["record", "scenario:pages", "fx"])[0], 0)
        whole = self.files()
        self.each_failure(["replay", "fx"], ("open", "read", "write", "mmap"), lambda code: self.assertEqual(self.files(), whole), kept=("fx",))
        print(f"replay: {self.tried} failing calls", flush=True)


class server_of:
    """A server on loopback that answers as the handler does."""

    def __init__(self, pages):
        class Answers(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):  # pylint: disable=invalid-name
                request = self.rfile.read(int(self.headers["Content-Length"])).decode()
                page = request.split('"page":')[1].split("}")[0] if '"page":' in request else "0"
                body = (pages / f"{min(int(page) + 1, 3)}.json").read_bytes()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.server.handle_error = lambda *_: None  # a client that breaks off is what is tried

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}/"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        failing_calls.FailingCalls.library = str(pathlib.Path(sys.argv.pop(2)).resolve())
    if "--all" in sys.argv:
        failing_calls.FailingCalls.each = True
        sys.argv.remove("--all")
    if failing_calls.FailingCalls.library is None or sys.platform != "linux":
        print("usage: failing_calls_test.py PROGRAM LIBRARY [--all] [unittest arguments], on Linux")
        raise SystemExit(125)
    program.main()
