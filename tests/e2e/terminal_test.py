#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Terminals, pipes and JSON: what stands where, and what happens when nobody reads it: terminal_test.py PROGRAM [unittest arguments]."""
import json
import os
import pty
import re
import shutil
import subprocess
import time
import unittest

from program import CONNECTORS, SAMPLES, ProgramTest, main

SLOW = """import time
def lambda_handler(request, context):
    n = request["state"].get("n", 0) + 1
    time.sleep(2.2 if n == 2 else 0.7)
    rows = [{"id": n * 1000 + i} for i in range(1000)]
    return {"state": {"n": n}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": n < 3}
"""
MANY = """def lambda_handler(request, context):
    rows = [{"id": i, "text": "x" * 100} for i in range(40000)]
    return {"state": {}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": False}
"""
PAGES = """def lambda_handler(request, context):
    n = request["state"].get("n", 0) + 1
    rows = [{"id": n * 40000 + i, "text": "x" * 100} for i in range(40000)]
    return {"state": {"n": n}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": n < int(request["secrets"]["pages"])}
"""
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class TerminalTest(ProgramTest):
    def on_terminal(self, *arguments, stdout=None, **more):
        """Runs the program with stderr, and stdout unless it is given, on a terminal; returns what was shown and the exit code."""
        ours, theirs = pty.openpty()
        child = subprocess.Popen([str(self.program), *arguments], cwd=self.folder, env=self.environment(**{"TERM": "xterm", **more}), stdin=subprocess.DEVNULL,
                                 stdout=stdout or theirs, stderr=theirs)
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        os.close(ours)
        return shown.decode(), child.wait()

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def test_progress_of_a_long_sync(self):
        self.write("slow.py", SLOW)
        with (self.folder / "out.txt").open("w", encoding="utf-8") as out:
            shown, code = self.on_terminal("run", "slow.py", "--destination", "memory:", stdout=out)
        self.assertEqual(code, 0)
        self.assertRegex(shown, r"\r\x1b\[K  sync 1: 1 call, 1,000 rows, [\d,]+ rows/s, [12]s; call 2 runs, 1s …")
        self.assertTrue(shown.endswith("\r\x1b[K"), shown[-80:])
        told = (self.folder / "out.txt").read_text(encoding="utf-8")
        self.assertIn("sync 1 succeeded", told)
        self.assertNotIn("\x1b", told)

    def shown_of_a_long(self, make, *command):
        """What is shown while a command works long enough on what `make(factor)` wrote; the factor grows until it does."""
        for factor in (1, 2, 4, 8, 16):
            make(factor)
            begin = time.monotonic()
            with (self.folder / "out.txt").open("w", encoding="utf-8") as out:
                shown, code = self.on_terminal(*command, stdout=out)
            self.assertEqual(code, 0, shown)
            self.assertNotIn("\x1b", (self.folder / "out.txt").read_text(encoding="utf-8"))
            if shown or time.monotonic() - begin > 4:
                break
        self.assertTrue(shown.endswith("\r\x1b[K"), shown[-80:])
        return shown

    def test_progress_of_a_long_diff(self):
        self.write("pages.py", PAGES)

        def make(factor):
            self.run_program("run", "pages.py", "--destination", "sqlite:a.sqlite", "--full-refresh", "--secret", f"pages={factor * 8}", "--quiet")
            shutil.copy(self.folder / "a.sqlite", self.folder / "b.sqlite")

        shown = self.shown_of_a_long(make, "diff", "sqlite:a.sqlite", "sqlite:b.sqlite")
        self.assertRegex(shown, r"\r\x1b\[K  diff: t: [\d,]+ rows, [\d,]+ rows/s, [123]s …")

    def test_progress_of_a_long_scan(self):
        def make(factor):
            with (self.folder / "long.txt").open("a", encoding="utf-8") as file:
                for _ in range(factor * 8):
                    file.write("one word and another, name = value, and so on\n" * 200000)

        shown = self.shown_of_a_long(make, "scan", "long.txt")
        self.assertRegex(shown, r"\r\x1b\[K  scan: 1 file: [\d.,]+ [MG]B, [\d.,]+ [MG]B/s, [123]s …")

    def test_progress_of_a_long_check(self):
        page = json.dumps({"state": {}, "insert": {"t": [{"id": i, "text": "x" * 100} for i in range(20000)]},
                           "schema": {"t": {"primary_key": ["id"]}}, "hasMore": False})

        def make(factor):
            self.write("pages.jsonl", (page + "\n") * 16 * factor)

        shown = self.shown_of_a_long(make, "check", "pages.jsonl")
        self.assertRegex(shown, r"\r\x1b\[K  check: \d+ responses, [\d,]+ rows, [\d,]+ rows/s, [123]s …")

    def test_the_moving_line_does_not_stand_before_a_result(self):
        self.write("slow.py", SLOW)
        shown, _ = self.on_terminal("run", "slow.py", "--destination", "memory:", "--color", "never")
        screen = [line.rpartition("\r\x1b[K")[2] if "\r\x1b[K" in line else line for line in shown.replace("\r\n", "\n").split("\n")]
        self.assertRegex("\n".join(screen), r"(?m)^     2  true   t \+1000")
        self.assertRegex("\n".join(screen), r"(?m)^sync 1 succeeded: 3,000 rows in 3 calls")

    def test_no_progress_where_it_is_not_wanted(self):
        self.write("slow.py", SLOW)
        for arguments, more in (((), {"TERM": "dumb"}), (("--quiet",), {})):
            shown, code = self.on_terminal("run", "slow.py", "--destination", "memory:", *arguments, **more)
            self.assertEqual(code, 0)
            self.assertNotIn("rows/s", shown)
            self.assertNotIn("\x1b", shown)

    def test_no_color(self):
        scenario = f"scenario:{SAMPLES.parent.parent / 'rules' / 'ROW-04-duplicate-key-in-response' / 'defect'}"
        for command in (["run", scenario, "--destination", "memory:"], ["test", scenario], ["check", f"{scenario[9:]}/1.json"], ["doctor"], ["rules"], ["demo"]):
            for more in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
                shown, _ = self.on_terminal(*command, TMPDIR=str(self.folder), **more)
                colours = [escape for escape in ESCAPES.findall(shown) if escape.endswith("m")]
                self.assertEqual(colours, [], (command, more))
        coloured, _ = self.on_terminal("run", scenario, "--destination", "memory:")
        self.assertIn("\x1b[3", coloured)

    def test_a_reader_that_goes_away(self):
        self.write("many.py", MANY)
        self.run_program("run", "many.py")
        for command in ("rules", "sql 'select * from t'", "sql 'select * from t' --format csv", "man", "explain assumptions", "tables --format json",
                        "run many.py --full-refresh"):
            script = f"{self.program} {command} | true; echo ${{PIPESTATUS[0]}}"
            done = subprocess.run(["bash", "-c", script], cwd=self.folder, env=self.environment(), capture_output=True, text=True, timeout=60)
            self.assertEqual(done.stdout.strip(), "0", command)
            self.assertNotIn("cannot print", done.stderr)
            self.assertNotIn("roken pipe", done.stderr)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full here")
    def test_a_full_disk_behind_stdout_is_told(self):
        for command in ("rules", "--help", "man", f"run python:{CONNECTORS}/demo/connector.py:lambda_handler", "sql 'select 1'"):
            done = subprocess.run(["bash", "-c", f"{self.program} {command} > /dev/full"], cwd=self.folder, env=self.environment(), capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr.count("\n")), (4, 1), command + done.stderr)
            self.assertIn("cannot print to stdout: no space left on device", done.stderr)

    def test_json_of_every_listing(self):
        self.write("connector.py", (CONNECTORS / "demo" / "connector.py").read_text(encoding="utf-8"))
        self.write("orders.csv", (CONNECTORS / "demo" / "orders.csv").read_text(encoding="utf-8"))
        self.run_program("run", "connector.py", "--report", "json=report.json")
        self.run_program("run", "connector.py", "--destination", "sqlite:b.sqlite")
        self.run_program("schema", "lock")
        listings = ["rules", "explain ROW-04", "explain assumptions", "tables", "tables orders", "sql select%20*%20from%20orders", "state", "state history",
                    "schema", "schema diff", "runs", "scan .", "doctor", "doctor connector.py", "diff sqlite:.fivetran-sim/warehouse.sqlite sqlite:b.sqlite",
                    "aws doctor --no-call --document report.json"]
        for listing in listings:
            words = [word.replace("%20", " ") for word in listing.split()]
            done = subprocess.run([str(self.program), *words, "--format", "json"], cwd=self.folder, env=self.environment(), capture_output=True, text=True)
            self.assertIn(done.returncode, (0, 1, 4), listing + done.stderr)
            self.assertIsInstance(json.loads(done.stdout), (dict, list), listing)
        for command in ("run connector.py", "test connector.py", "invoke connector.py --quiet", "report last", "forecast --from report.json"):
            out = self.run_program(*command.split(), "--report", "json") if "invoke" not in command else self.run_program(*command.split())
            json.loads(out)


if __name__ == "__main__":
    main()
