#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each system call of a run, a recording and a replay fails once: a full disk, a broken one, no process, no memory, an
interrupted or a shortened read or write.

    tests/e2e/failing_calls_test.py PROGRAM LIBRARY [--all]

LIBRARY is tests/support/failing_calls.cpp, built. For each call and error the first, third, eighth, 21st … call of
the program fails, with --all each one, until none is left. Interrupted and shortened calls must not be noticed at all. After
any other failure the program ends well or with one line; what was loaded stands with its state, and the next run ends as if
nothing had happened.
"""
import errno
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

import program

PAGES, ROWS = 3, 40
LIBRARY, ALL = None, False
SHORT, EINTR = "short", errno.EINTR
UNNOTICED = (SHORT, EINTR)
FAULTS = {
    "open": (errno.EMFILE, EINTR), "read": (errno.EIO, EINTR, SHORT), "write": (errno.ENOSPC, errno.EIO, EINTR, SHORT),
    "pread": (errno.EIO, EINTR, SHORT), "pwrite": (errno.ENOSPC, errno.EIO, EINTR, SHORT), "fsync": (errno.EIO,),
    "ftruncate": (errno.ENOSPC,), "rename": (errno.ENOSPC,), "mkdir": (errno.ENOSPC,), "unlink": (errno.EACCES,), "opendir": (errno.EMFILE,),
    "mmap": (errno.ENOMEM,), "pipe": (errno.EMFILE,), "poll": (EINTR,), "fork": (errno.EAGAIN,), "vfork": (errno.EAGAIN,),
    "socket": (errno.EMFILE,), "bind": (errno.EADDRINUSE,), "listen": (errno.EADDRINUSE,), "accept": (errno.EMFILE, EINTR),
    "thread": (errno.EAGAIN,), "malloc": (errno.ENOMEM,),
}
CONNECTOR = """#!/bin/sh
request=$(cat)
page=${request#*'"page":'}; page=${page%%[!0-9]*}
exec cat "pages/$((${page:-0} + 1)).json"
"""
HANDLER = f"""import json, pathlib
def lambda_handler(event, context):
    return json.loads(pathlib.Path("pages/%d.json" % (event["state"].get("page", 0) + 1)).read_text())
"""


def moments(call):
    """Which of its calls fails, in turn."""
    if call == "malloc":  # there are thousands; the first come before main
        number = 400
        while True:
            yield number
            number = number * 5 // 4 + 1 if ALL else number * 3 + 40
    if ALL:
        number = 0
        while True:
            number += 1
            yield number
    number, following = 1, 2
    while True:
        yield number
        number, following = number + following, number + 2 * following


def name_of(error):
    return error if error == SHORT else errno.errorcode[error]


class FailingCallsTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "pages").mkdir()
        for page in range(PAGES):
            (self.folder / f"pages/{page + 1}.json").write_text(json.dumps({
                "state": {"page": page + 1}, "hasMore": page + 1 < PAGES, "schema": {"t": {"primary_key": ["id"]}},
                "insert": {"t": [{"id": page * ROWS + row, "text": "x" * 40} for row in range(ROWS)]}},
                separators=(",", ":")), encoding="utf-8")
        (self.folder / "connector.sh").write_text(CONNECTOR, encoding="utf-8")
        (self.folder / "connector.sh").chmod(0o755)
        (self.folder / "handler.py").write_text(HANDLER, encoding="utf-8")
        self.tried = 0

    def attempt(self, words, call=None, number=0, error=0):
        """Runs the program with one failing call; returns its exit code, stderr, and whether the call came."""
        hit = self.folder / "hit"
        hit.unlink(missing_ok=True)
        faults = {"LD_PRELOAD": LIBRARY, "FSIM_FAIL": f"{call}:{number}:{error}", "FSIM_FAIL_LOG": str(hit)} if call else {}
        done = subprocess.run([self.program, *words], cwd=self.folder, env=self.environment(**faults), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120)
        return done.returncode, done.stderr, hit.exists()

    def clean(self, *kept):
        for path in self.folder.iterdir():
            if path.name in {"pages", "connector.sh", "handler.py", *kept}:
                continue
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def each_failure(self, words, calls, check, kept=()):
        for call in calls:
            for error in FAULTS[call]:
                for number in moments(call):
                    self.clean(*kept)
                    code, told, came = self.attempt(words, call, number, error)
                    if not came:
                        break
                    self.tried += 1
                    with self.subTest(call=call, error=name_of(error), number=number):
                        self.check_end(code, told, error)
                        check(code)

    def check_end(self, code, told, error):
        """It ends well or with one line that says what it was doing."""
        self.assertIn(code, (0,) if error in UNNOTICED else (0, 4), told)
        lines = [line for line in told.splitlines() if line.startswith("fivetran-sim: ")]
        spoken = [line for line in lines if "the report is not kept" not in line]
        if code:
            self.assertEqual(len(spoken), 1, told)
            self.assertRegex(spoken[0], "cannot|memory")
        left = [path for path in self.folder.rglob("*.tmp") if ".fivetran-sim" not in path.parts]
        self.assertEqual(left, [], told)

    def check_warehouse(self, words, reference, code):
        """Rows and state of the warehouse fit, and a further run brings the rest."""
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
            self.assertEqual(rows, ROWS * json.loads(state or "{}").get("page", 0))
        if code != 0:
            again, told, _ = self.attempt(words)
            self.assertEqual(again, 0, told)
        self.assertEqual(program.tables(warehouse), reference)

    def run_each(self, target, calls):
        words = ["run", target, "--destination", "sqlite:w.sqlite"]
        code, told, _ = self.attempt(words)
        self.assertEqual(code, 0, told)
        reference = program.tables(self.folder / "w.sqlite")
        self.each_failure(words, calls, lambda code: self.check_warehouse(words, reference, code))
        print(f"{target}: {self.tried} failing calls")
        self.assertGreater(self.tried, len(calls))
        self.assert_no_process_left()

    def test_files_of_a_run(self):
        self.run_each("scenario:pages", ("open", "read", "write", "pread", "pwrite", "fsync", "ftruncate", "rename", "mkdir",
                                         "unlink", "opendir", "mmap", "malloc"))

    def test_processes_of_a_run(self):
        self.run_each("cmd:./connector.sh", ("pipe", "poll", "fork", "vfork", "read", "write", "thread"))

    def test_sockets_of_a_run(self):
        self.run_each("python:handler.py:lambda_handler", ("socket", "bind", "listen", "accept", "thread"))

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

        self.each_failure(words, ("open", "write", "fsync", "rename", "mkdir"), check)
        print(f"record: {self.tried} failing calls")

    def test_a_replay(self):
        self.assertEqual(self.attempt(["record", "scenario:pages", "fx"])[0], 0)
        whole = self.files()
        self.each_failure(["replay", "fx"], ("open", "read", "write"), lambda code: self.assertEqual(self.files(), whole), kept=("fx",))
        print(f"replay: {self.tried} failing calls")

    def files(self):
        folder = self.folder / "fx"
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    if len(sys.argv) > 2:
        LIBRARY = str(pathlib.Path(sys.argv.pop(2)).resolve())
    ALL = "--all" in sys.argv
    if ALL:
        sys.argv.remove("--all")
    if LIBRARY is None or sys.platform != "linux":
        print("usage: failing_calls_test.py PROGRAM LIBRARY [--all], on Linux")
        raise SystemExit(125)
    program.main()
