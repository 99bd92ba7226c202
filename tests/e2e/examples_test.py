#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs each example of `--help` as it stands there: examples_test.py PROGRAM [unittest arguments].

An example may end with what its connector deserves, but its command line must be understood: neither 2 (usage) nor
70. The AWS CLI is a stand-in without credentials, so that nothing leaves this machine.
"""
import concurrent.futures
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from program import CONNECTORS, ProgramTest, free_port, main

UNDERSTOOD = {0, 1, 3, 4, 6}
DEMO = CONNECTORS / "demo"
HANDLER_JS = 'exports.handler = async () => ({ state: {}, insert: { orders: [{ id: 1 }] }, schema: { orders: { primary_key: ["id"] } }, hasMore: false });\n'
RESPONSE = '{"state": {}, "insert": {"orders": [{"id": 1}]}, "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": false}\n'


def examples_of(help_text):
    _, _, text = help_text.partition("Examples:\n")
    return [line.strip() for line in text.splitlines() if line.strip()]


class ExamplesTest(ProgramTest):
    def prepare(self):
        """The folder that the examples speak of: connectors, what was recorded, what earlier runs left."""
        shutil.copy(DEMO / "connector.py", self.folder / "main.py")
        shutil.copy(DEMO / "connector.sh", self.folder / "connector")
        shutil.copy(DEMO / "orders.csv", self.folder)
        for name, text in {"index.js": HANDLER_JS, "secrets.json": '{"token": "not-a-secret"}', "response.json": RESPONSE, "responses/1.json": RESPONSE,
                           "bin/aws": '#!/bin/sh\necho "Unable to locate credentials" >&2\nexit 253\n'}.items():
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")
        for program in ("connector", "bin/aws"):
            (self.folder / program).chmod(0o755)
        os.symlink(self.program, self.folder / "bin" / "fivetran-sim")
        for folder in (".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions", "files", "tmp"):
            (self.folder / folder).mkdir(parents=True)
        self.run_program("run", "main.py", "--report", "json=report.json")
        self.run_program("schema", "lock")
        for name in ("a", "b", "other"):
            self.run_program("run", "main.py", "--destination", f"sqlite:{name}.sqlite", "--keep-runs", "0")
        self.run_program("record", "main.py", "fixtures/orders")

    def run_example(self, line):
        """Runs one in a copy of the folder; returns what is wrong with it, or nothing."""
        with tempfile.TemporaryDirectory(prefix="fsim-example-") as parent:
            folder = os.path.join(parent, "project")
            shutil.copytree(self.folder, folder, symlinks=True)
            if " run " in line:  # a schema belongs to the target that it began with
                shutil.rmtree(os.path.join(folder, ".fivetran-sim"))
            if " record " in line and "fixtures/orders" in line:
                shutil.rmtree(os.path.join(folder, "fixtures"))
            line = re.sub(r"--port \d+", f"--port {free_port()}", line)
            environment = self.environment(PATH=f"{folder}/bin:{os.environ['PATH']}", HOME=folder, TMPDIR=f"{folder}/tmp")
            child = subprocess.Popen(["bash", "-c", line], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                     stderr=subprocess.PIPE, text=True, start_new_session=True)
            if line.startswith("fivetran-sim serve"):
                time.sleep(1)
                os.killpg(child.pid, signal.SIGINT)
            out, err = child.communicate(timeout=120)
            understood = {*UNDERSTOOD, 130} if line.startswith("fivetran-sim serve") else UNDERSTOOD
            return "" if child.returncode in understood else f"{line}\n  exit code {child.returncode}\n{out[-500:]}{err[-500:]}"

    def test_each_example_is_understood(self):
        help_text = self.run_program("--help")
        commands = re.findall(r"^  ([a-z]+)(?:,[a-z, ]+)?\s{2,}", help_text.partition("Subcommands:")[2], re.MULTILINE)
        self.assertIn("demo", commands)
        lines = examples_of(help_text)
        for command in commands:
            own = examples_of(self.run_program(command, "--help"))
            self.assertGreaterEqual(len(own), 2, f"{command} --help has {len(own)} examples")
            for line in own:
                self.assertRegex(line, rf"\bfivetran-sim {command}\b")
            lines += own
        self.prepare()
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            wrong = [problem for problem in pool.map(self.run_example, lines) if problem]
        self.assertEqual(wrong, [], "\n".join(wrong))
        self.assertGreater(len(lines), 60)

    def test_the_manual_page(self):
        page = self.run_program("man")
        for command in re.findall(r"^\.SS (\w+)$", page, re.MULTILINE)[:3]:
            self.assertIn(command, ("run", "invoke", "check"))
        self.assertIn("\\-\\-full\\-refresh", page)
        (self.folder / "page.1").write_text(page, encoding="utf-8")
        if os.environ.get("FSIM_NO_SKIP") != "1" and not (shutil.which("mandoc") and shutil.which("groff")):
            self.skipTest("no mandoc and groff here (scripts/install-deps all)")
        lint = subprocess.run(["mandoc", "-T", "lint", "page.1"], cwd=self.folder, capture_output=True, text=True)
        # It has no date, so that the same sources make the same page.
        self.assertEqual([line for line in lint.stdout.splitlines() if "missing date" not in line], [])
        groff = subprocess.run(["groff", "-ww", "-man", "-k", "-Tutf8", "page.1"], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual((groff.returncode, groff.stderr), (0, ""))
        self.assertIn("--full-refresh", re.sub("\x1b\\[[0-9;]*m|.\b", "", groff.stdout))


if __name__ == "__main__":
    main()
