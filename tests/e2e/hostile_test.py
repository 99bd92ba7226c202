#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Connectors and fixtures that mean harm: what they can make the program do, and what it shows of them.

    tests/e2e/hostile_test.py PROGRAM

docs/threat-model.md tells what each of these stands for.
"""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time
import unittest

import program
from ask_server import NOBODY, ask
from warehouses import Warehouses

ESCAPES = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e\u2066\r\x08\x7f"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SQL = "x'); drop table victim; --\"; drop table \"victim\"; --`]$$"
NAMES = [SQL, "../../x", "/etc/passwd", "..\\..\\x", "a\x00b", "<script>alert(1)</script>", "$(touch owned)", "%s%n", "'", '"', ";", ".", ".."]


# Writes what its parent, the program, listens on: [address in hex, port] of each socket.
LISTENING = """import json, os, pathlib
def lambda_handler(event, context):
    inodes = set()
    for fd in pathlib.Path(f"/proc/{os.getppid()}/fd").iterdir():
        try:
            inodes.add(os.readlink(fd))
        except OSError:
            pass
    found = []
    for table in ("tcp", "tcp6"):
        for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            word = line.split()
            if word[3] == "0A" and f"socket:[{word[9]}]" in inodes:
                address, port = word[1].split(":")
                found.append([address, int(port, 16)])
    pathlib.Path("listening.json").write_text(json.dumps(found))
    return {"state": {}, "insert": {}, "hasMore": False}
"""

# Asks the servers of its own run as the test says in cases.json, [server, headers, user] each, and writes what came.
ASKING = """import json, os, pathlib, sys
sys.path.insert(0, os.getcwd())
from ask_server import ask
def lambda_handler(event, context):
    servers = {"runtime": os.environ["AWS_LAMBDA_RUNTIME_API"], "s3": os.environ["AWS_ENDPOINT_URL_S3"].split("//")[1]}
    got = []
    for server, headers, user in json.loads(pathlib.Path("cases.json").read_text()):
        path = "/2018-06-01/runtime/init/error" if server == "runtime" else "/b/stolen"
        got.append(ask(int(servers[server].split(":")[1]), "POST" if server == "runtime" else "PUT", path, b"{}", headers, user))
    pathlib.Path("got.json").write_text(json.dumps(got))
    return {"state": {}, "insert": {"t": [{"a": 1}]}, "hasMore": False}
"""
OF_A_BROWSER = [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}]


def engines():
    lacking = {"duckdb": not program.DUCKDB.exists(), "postgres": program.postgres_url() is None}
    if os.environ.get("FSIM_NO_SKIP") == "1":
        return program.ENGINES
    return [engine for engine in program.ENGINES if not lacking.get(engine)]


class HostileTest(program.ProgramTest):
    def run_any(self, *words, timeout=60, **more):
        """Runs the program to its end, whatever that is."""
        process = self.start(*words, **more)
        self.addCleanup(process.kill)
        out, err = process.communicate(timeout=timeout)
        return process.returncode, out, err

    def scenario(self, *pages, folder="pages"):
        (self.folder / folder).mkdir(exist_ok=True)
        for number, page in enumerate(pages, 1):
            text = page if isinstance(page, str) else json.dumps(page)
            (self.folder / folder / f"{number:03}.json").write_text(text, encoding="utf-8")
        return f"scenario:{folder}"

    def script(self, text):
        file = self.folder / "connector.sh"
        file.write_text("#!/bin/bash\n" + text, encoding="utf-8")
        file.chmod(0o755)
        return "cmd:./connector.sh"

    def assert_shown_safely(self, *texts):
        for text in texts:
            self.assertEqual(UNSAFE.findall(text.replace("\t", "")), [], text)

    # Terminal escape sequences in whatever is shown.

    def test_escapes_reach_no_terminal(self):
        bad = "v" + ESCAPES
        row = {"id": bad, bad: bad, "n": {bad: bad}}
        target = self.scenario(
            {"state": {bad: bad}, "schema": {bad: {"primary_key": ["id"]}}, "hasMore": True, bad: 1,
             "insert": {bad: [row, {**row, "n": 2}]}},
            {"state": {bad: 2}, "insert": {bad: [{"id": None}]}, "hasMore": False, "softDelete": [bad]})
        for more in ([], ["--strict"], ["-v"], ["--naming", "source", "--full-refresh"]):
            code, out, err = self.run_any("run", target, "--destination", f"sqlite:w{len(more)}.sqlite", *more, "--color", "never")
            self.assertIn(code, (0, 1))
            self.assert_shown_safely(out, err)
        for words in (["tables"], ["state", "show"], ["state", "history"], ["schema", "show"], ["sql", "select * from sqlite_master"]):
            code, out, err = self.run_any(*words, "--destination", "sqlite:w3.sqlite")
            self.assertEqual(code, 0, err)
            self.assert_shown_safely(out, err)

    def test_escapes_in_logs_and_errors(self):
        target = self.script(f"cat >/dev/null; printf '%b' '\\033[2J\\033]0;owned\\007\\n\\302\\23331m\\n' >&2; echo 'oops \x1b[2J'; exit 3\n")
        code, out, err = self.run_any("run", target, "--destination", "memory:")
        self.assertEqual(code, 3, err)
        self.assertIn("]0;owned", err)
        self.assert_shown_safely(out, err)
        (self.folder / "raises.py").write_text(f"def lambda_handler(e, c):\n    raise ValueError({ESCAPES!r})\n", encoding="utf-8")
        code, out, err = self.run_any("run", "python:raises.py:lambda_handler", "--destination", "memory:")
        self.assertEqual(code, 3, err)
        self.assert_shown_safely(out, err)

    def test_escapes_in_what_the_user_typed(self):
        for words in (["run", f"scenario:{ESCAPES[:12]}"], ["explain", ESCAPES], ["sql", ESCAPES], [ESCAPES]):
            code, out, err = self.run_any(*words)
            self.assertIn(code, (2, 4), err)
            self.assert_shown_safely(out, err)

    def test_what_is_to_be_pasted_is_one_word(self):
        name = "t'$(touch owned)\"`touch owned`"
        target = self.scenario({"state": {}, "insert": {name: [{"a": 1}]}, "hasMore": False})
        out = self.run_program("run", target, "--naming", "source", "--destination", "sqlite:w.sqlite")
        pasted = out.split("look: ")[1].splitlines()[0]
        done = subprocess.run(["bash", "-c", f'fivetran-sim() {{ "{self.program}" "$@"; }}; {pasted}'], cwd=self.folder,
                              env=self.environment(), capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("1", done.stdout)
        self.assertFalse((self.folder / "owned").exists())

    # Names and values.

    def test_names_and_values_are_never_sql_or_paths(self):
        first = self.scenario({"state": {"p": 1}, "insert": {"victim": [{"id": 1}]}, "schema": {"victim": {"primary_key": ["id"]}}, "hasMore": False})
        rows = [{"id": name, **{f"c{column}": name for column in range(3)}, name: name} for name in NAMES]
        page = {"state": {name: name for name in NAMES}, "hasMore": False, "schema": {name: {"primary_key": ["id"]} for name in NAMES},
                "insert": {name: rows for name in NAMES}, "delete": {name: [{"id": SQL}] for name in NAMES}, "softDelete": ["victim", SQL]}
        second = self.scenario(page, folder="hostile")
        outside = [self.folder.parent / "x", self.folder.parent.parent / "x"]
        before = [path.exists() for path in outside]
        for engine in engines():
            warehouses = Warehouses(engine, self.folder)
            self.addCleanup(warehouses.drop_all)
            for naming in ("fivetran", "source"):
                with self.subTest(engine=engine, naming=naming):
                    url = warehouses.url(f"{engine}_{naming}")
                    self.run_program("run", first, "--destination", url, "--naming", naming)
                    code, out, err = self.run_any("run", second, "--destination", url, "--adopt", "--report", "json=r.json")
                    self.assertIn(code, (0, 1), err)
                    report = json.loads((self.folder / "r.json").read_text(encoding="utf-8"))
                    self.assertIn("victim", [table["name"] for table in report["tables"]])
                    listed = json.loads(self.run_program("tables", "--destination", url, "--format", "json"))
                    self.assertEqual([table["rows"] for table in listed if table["name"] == "victim"], [1])
                    held = [table for table in listed if table["name"] != "victim"]
                    self.assertTrue(held and all(table["rows"] >= len(NAMES) - 1 for table in held), held)
        self.assertEqual([path.exists() for path in outside], before)
        self.assertFalse((self.folder / "owned").exists())

    def test_a_schema_name_is_no_path(self):
        target = self.scenario({"state": {}, "insert": {"t": [{"a": 1}]}, "hasMore": False})
        for name in ("../x", "a/b", SQL, ".."):
            code, _, err = self.run_any("run", target, "--destination", "sqlite:w.sqlite", "--schema", name)
            self.assertEqual(code, 2, err)
        self.assertEqual([path.name for path in self.folder.glob("*.sqlite*")], [])

    def test_html_in_names_stays_text(self):
        bad = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
        target = self.scenario({"state": {bad: bad}, "hasMore": False, "schema": {bad: {"primary_key": ["id"]}},
                                "insert": {bad: [{"id": bad, bad: bad}, {"id": bad, bad: 2}]}})
        self.run_any("run", target, "--naming", "source", "--destination", "memory:", "--report", "html=r.html", "--report", "markdown=r.md")
        page = (self.folder / "r.html").read_text(encoding="utf-8")
        self.assertNotIn("<script>alert", page)
        self.assertNotIn("<img src=x", page)
        self.assertIn("onerror", page)
        outside_code = re.sub("`[^`]*`", "", (self.folder / "r.md").read_text(encoding="utf-8"))
        self.assertNotIn("<script", outside_code)
        self.assertNotIn("<img", outside_code)

    # Sizes.

    def test_depth_and_giant_numbers(self):
        for opening in ("[", '{"a":'):
            target = self.scenario('{"state":{},"insert":{"t":[{"a":' + opening * 200_000)
            code, out, err = self.run_any("run", target, "--destination", "memory:")
            self.assertEqual(code, 3, err)
            self.assertIn("RSP-01", out + err)
        digits = "9" * 100_000
        target = self.scenario('{"state":{"n":' + digits + '},"insert":{"t":[{"id":1,"n":' + digits + ',"e":1e999999999,"f":-0.' + digits + '}]},'
                               '"schema":{"t":{"primary_key":["id"]}},"hasMore":false}')
        for engine in engines():
            with self.subTest(engine=engine):
                warehouses = Warehouses(engine, self.folder)
                self.addCleanup(warehouses.drop_all)
                url = warehouses.url(f"giant_{engine}")
                begin = time.monotonic()
                self.run_program("run", target, "--destination", url)
                self.assertLess(time.monotonic() - begin, 60)
                rows = json.loads(self.run_program("sql", 'select n, e from "t"', "--destination", url, "--format", "json"))
                self.assertEqual(str(rows[0]["n"]), digits)
                self.assertEqual(str(rows[0]["e"]).lower(), "1e999999999")

    def test_endless_output(self):
        target = self.script("cat >/dev/null; exec yes '{\"a\":1}'\n")
        code, out, err = self.run_any("run", target, "--destination", "memory:")
        self.assertIn(code, (1, 3), err)
        self.assertIn("LIM-01", out + err)
        target = self.script("cat >/dev/null; exec yes error >&2\n")
        code, out, err = self.run_any("run", target, "--destination", "memory:", "--timeout", "1s", "--quiet", "--no-logs")
        self.assertEqual(code, 3, err[:500])
        self.assert_no_process_left()

    # Processes and signals.

    def test_children_that_outlive_it_end(self):
        target = self.script("cat >/dev/null; (setsid nohup sleep 1000 >/dev/null 2>&1 &) ; (trap '' TERM HUP INT; sleep 1000) &\n"
                             "echo '{\"state\":{},\"insert\":{},\"hasMore\":false}'\n")
        self.run_program("run", target, "--destination", "memory:")
        self.assert_no_process_left()

    def test_it_kills_its_own_group(self):
        code, out, err = self.run_any("run", self.script("cat >/dev/null; kill -9 0; sleep 100\n"), "--destination", "memory:")
        self.assertEqual(code, 3, err)
        self.assertIn("killed", out + err)

    def test_it_ends_the_program(self):
        for signal, ends in (("TERM", 143), ("INT", 130), ("KILL", -9)):
            with self.subTest(signal=signal):
                target = self.script(f"cat >/dev/null; kill -{signal} $PPID\n"
                                     "echo '{\"state\":{},\"insert\":{\"t\":[{\"a\":1}]},\"hasMore\":true}'\n")
                code, _, err = self.run_any("run", target, "--destination", "sqlite:w.sqlite")
                self.assertEqual(code, ends, err)
                self.assert_no_process_left()
                good = self.script("cat >/dev/null; echo '{\"state\":{},\"insert\":{\"t\":[{\"a\":1}]},\"hasMore\":false}'\n")
                self.run_program("run", good, "--destination", "sqlite:w.sqlite", "--adopt")

    # Servers.

    @unittest.skipUnless(os.path.exists("/proc/net/tcp"), "Linux only")
    def test_servers_listen_on_loopback_at_random_ports_while_a_run_lasts(self):
        (self.folder / "main.py").write_text(LISTENING, encoding="utf-8")
        seen = []
        for _ in range(2):
            self.run_any("run", "python:main.py:lambda_handler", "--destination", "memory:", "--sync-method", "s3", "--bucket", "b")
            listening = json.loads((self.folder / "listening.json").read_text(encoding="utf-8"))
            self.assertEqual(len(listening), 2, "the Runtime API and the stand-in for S3")
            for address, port in listening:
                self.assertEqual(address, "0100007F")  # 127.0.0.1
                with socket.socket() as client:
                    self.assertNotEqual(client.connect_ex(("127.0.0.1", port)), 0, "it is closed after the run")
            seen.append({port for _, port in listening})
        self.assertNotEqual(seen[0], seen[1])

    def ask_servers_of_a_run(self, cases):
        shutil.copy(program.HERE / "ask_server.py", self.folder)
        (self.folder / "main.py").write_text(ASKING, encoding="utf-8")
        (self.folder / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
        code, out, err = self.run_any("run", "python:main.py:lambda_handler", "--destination", "memory:", "--sync-method", "s3", "--bucket", "b")
        self.assertIn(code, (0, 1), err)
        got = json.loads((self.folder / "got.json").read_text(encoding="utf-8"))
        self.assertEqual(len(got), len(cases))
        return got

    def serve(self):
        """The port of `serve lambda` over a handler that notes each of its calls in called.txt."""
        (self.folder / "served.py").write_text(
            "def lambda_handler(event, context):\n    open('called.txt', 'a').write('called ')\n    return {'state': {}, 'hasMore': False}\n", encoding="utf-8")
        process = self.start("serve", "lambda", "python:served.py:lambda_handler")
        self.addCleanup(process.communicate)
        self.addCleanup(process.terminate)
        return int(re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline()).group(1))

    def invoke(self, port, **more):
        return ask(port, "POST", "/2015-03-31/functions/f/invocations", b"{}", **more)

    def assert_only_one_call(self, port):
        self.assertEqual(self.invoke(port)[0], 200)
        self.assertEqual((self.folder / "called.txt").read_text(encoding="utf-8"), "called ")

    def test_web_pages_cannot_call_the_servers(self):
        got = self.ask_servers_of_a_run([[server, headers, None] for server in ("runtime", "s3") for headers in OF_A_BROWSER])
        port = self.serve()
        got += [self.invoke(port, headers=headers) for headers in OF_A_BROWSER]
        for status, text in got:
            self.assertEqual(status, 403, got)
            self.assertRegex(text, "^fivetran-sim answers (programs, not web pages|at 127.0.0.1 and localhost only): .*\n$")
        self.assert_only_one_call(port)

    @unittest.skipUnless(sys.platform == "linux" and os.geteuid() == 0, "only root can call as somebody else; unit/base tries it without")
    def test_other_users_cannot_call_the_servers(self):
        got = self.ask_servers_of_a_run([["runtime", {}, NOBODY], ["s3", {}, NOBODY], ["s3", {}, None]])
        self.assertEqual(got.pop()[0], 200)
        port = self.serve()
        got.append(self.invoke(port, user=NOBODY))
        for status, text in got:
            self.assertEqual(status, 403, got)
            self.assertEqual(text, "fivetran-sim answers only programs of the user who started it (uid 0), and this one runs as uid 65534 (run it as uid 0)\n")
        self.assert_only_one_call(port)

    # Files.

    def test_a_fixture_does_not_read_files_outside_of_it(self):
        secret = self.folder / "secret.txt"
        secret.write_text("do-not-show-me", encoding="utf-8")
        self.run_program("record", self.scenario({"state": {}, "insert": {"t": [{"a": 1}]}, "hasMore": False}), "fx")
        answer = self.folder / "fx/sync-1/call-001.response.json"
        answer.unlink()
        answer.symlink_to(secret)
        code, out, err = self.run_any("replay", "fx")
        self.assertIn(code, (2, 4), err)
        self.assertNotIn("do-not-show-me", out + err)
        self.assertIn("symbolic link", err)


if __name__ == "__main__":
    program.main()
