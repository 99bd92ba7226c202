#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The completion of each shell, typed with a TAB into the real one: completion_test.py PROGRAM [unittest arguments]."""
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import time
import unittest

from program import ProgramTest, main

TAB, HOME, ENTER = "\t", "\x01", "\r"


class Terminal:
    """An interactive shell on a terminal of its own."""

    def __init__(self, argv, folder, environment):
        self.child, self.descriptor = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.execvpe(argv[0], argv, {**environment, "TERM": "dumb", "PS1": "ready> ", "COLUMNS": "200"})
        self.text = ""

    def send(self, text):
        os.write(self.descriptor, text.encode())

    def wait_for(self, pattern, seconds=30):
        """Reads until `pattern` is there; returns what came up to its end and drops it."""
        deadline = time.monotonic() + seconds
        while not (found := re.search(pattern, self.text)):
            if not select.select([self.descriptor], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"no {pattern!r} in {self.text!r}")
            self.text += os.read(self.descriptor, 65536).decode(errors="replace")
        seen, self.text = self.text[: found.end()], self.text[found.end() :]
        return found, seen

    def close(self):
        os.close(self.descriptor)
        os.waitpid(self.child, 0)


def needs(shell):
    missing = shutil.which(shell) is None and os.environ.get("FSIM_NO_SKIP") != "1"
    return unittest.skipIf(missing, f"no {shell} here (scripts/install-deps all)")


class CompletionTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.path = f"{self.program.parent}:{os.environ['PATH']}"
        (self.folder / "main.py").write_text("def lambda_handler(event, context):\n    return {}\n", encoding="utf-8")
        (self.folder / "my secrets.json").write_text("{}", encoding="utf-8")
        (self.folder / "recorded" / "one").mkdir(parents=True)

    # What the program offers, whatever the shell ---------------------------------------------------

    def offered(self, *words):
        lines = self.run_program("__complete", *words).splitlines()
        return [line.split("\t")[0] for line in lines[:-1]], lines[-1]

    def test_everything_that_help_lists_is_offered(self):
        commands, _ = self.offered("")
        self.assertIn("run", commands)
        for command in commands:
            help_text = self.run_program(command, "--help")
            listed = set(re.findall(r"^  (?:-\w,)*(--[a-z-]+)", help_text, re.MULTILINE))
            options, _ = self.offered(command, "--")
            self.assertGreater(len(listed), 3, command)
            self.assertLessEqual(listed, set(options), command)

    def test_values(self):
        rules = [line.split()[0] for line in self.run_program("rules").splitlines()[1:]]
        self.assertEqual(self.offered("run", "--select", "")[0], rules)
        self.assertEqual(self.offered("demo", "--defect", "ROW-0")[0], [r for r in rules if r.startswith("ROW-0")])
        self.assertEqual(self.offered("run", "--ignore", "STA-03,duplicate-k")[0], ["STA-03,duplicate-key-in-response"])
        self.assertEqual(self.offered("explain", "assum")[0], ["assumptions"])
        self.assertEqual(self.offered("sql", "select 1", "--format=")[0], ["--format=table", "--format=csv", "--format=json"])
        self.assertEqual(self.offered("run", "--report", "j")[0], ["json", "junit"])
        self.assertEqual(self.offered("run", "--report", "json=r")[1], ":files")
        self.assertEqual(self.offered("run", "--assume", "delete-m")[0], ["delete-mode="])
        self.assertEqual(self.offered("chaos", "--faults", "lost,re")[0], [f"lost,{f}" for f in ("restart", "rewind", "reordered", "respelled", "resync")])
        self.assertEqual(self.offered("state", "")[0], ["show", "set", "history", "rewind", "clear"])
        self.assertEqual(self.offered("diff", "sqlite:a", "duck")[0], ["duckdb:"])
        self.assertEqual(self.offered("record", "main.py", "")[1], ":folders")
        self.assertEqual(self.offered("run", "--", "./conn")[1], ":files")

    def test_targets(self):
        self.assertIn("main.py", self.offered("run", "")[0])
        self.assertNotIn("my secrets.json", self.offered("run", "")[0])
        self.assertEqual(self.offered("run", "py"), (["python:"], ":open"))
        self.assertEqual(self.offered("run", "python:m")[0], ["python:main.py"])
        self.assertEqual(self.offered("run", "python:main.py:")[0], ["python:main.py:lambda_handler"])
        self.assertEqual(self.offered("test", "main.py", "fixture:rec"), (["fixture:recorded/"], ":open"))
        self.assertEqual(self.offered("run", "fixture:recorded/")[0], ["fixture:recorded/one/"])

    def test_nonsense_is_answered_with_nothing(self):
        for words in (["nope", ""], ["run", "--nope", "x", "y", "z"], ["explain", "\x1b[31m"], []):
            self.assertEqual(self.offered(*words)[0], [], words)

    # In the shells -----------------------------------------------------------------------------

    def session(self, argv, *setup):
        terminal = Terminal(argv, self.folder, self.environment(PATH=self.path))
        self.addCleanup(terminal.close)
        for line in setup:
            terminal.send(line + ENTER)
        terminal.send("echo set'-'up" + ENTER)
        terminal.wait_for("set-up\r?\n")
        return terminal

    def check_shell(self, terminal):
        """Types beginnings and a TAB, then has the shell print the words that it made of the line."""
        self.run_program("sql", "--help")
        for typed, expected in {
            "expl": ["explain"],
            "run --full-r": ["run", "--full-refresh"],
            "run main.py --platform g": ["run", "main.py", "--platform", "gcp"],
            "run main.py --platform=az": ["run", "main.py", "--platform=azure"],
            "explain LIM-03": ["explain", "LIM-03"],
            "run --select STA-03,ROW-07": ["run", "--select", "STA-03,ROW-07"],
            "run --select STA-03,duplicate-key": ["run", "--select", "STA-03,duplicate-key-in-response"],
            "run python:ma": ["run", "python:main.py"],
            "run python:main.py:l": ["run", "python:main.py:lambda_handler"],
            "test fixture:rec": ["test", "fixture:recorded/"],
            "run main.py --secrets my": ["run", "main.py", "--secrets", "my secrets.json"],
            "sql 'select 1' --format c": ["sql", "select 1", "--format", "csv"],
            "run main.py --report sar": ["run", "main.py", "--report", "sarif"],
        }.items():
            terminal.send("fivetran-sim " + typed + TAB)
            time.sleep(0.05)
            terminal.send(HOME + "words " + ENTER)
            found, _ = terminal.wait_for(r"\{fivetran-sim((?:\|[^|}\r\n]*)*)\}")
            self.assertEqual(found.group(1).split("|")[1:], expected, typed)

    @needs("bash")
    def test_bash(self):
        terminal = self.session(["bash", "--norc", "--noprofile", "-i"], "source <(fivetran-sim completion bash)",
                                "words() { local IFS='|'; echo \"{$*}\"; }")
        self.check_shell(terminal)
        terminal.send("fivetran-sim schema " + TAB + TAB)
        terminal.wait_for("diff +lock +show")

    @needs("zsh")
    def test_zsh(self):
        terminal = self.session(["zsh", "-f", "-i"], "autoload -Uz compinit; compinit -D -u", "bindkey -e; unsetopt zle_bracketed_paste 2>/dev/null",
                                "source <(fivetran-sim completion zsh)", "words() { echo \"{${(j:|:)@}}\"; }")
        self.check_shell(terminal)
        terminal.send("fivetran-sim " + TAB)
        terminal.wait_for("chaos +-- Inject a fault")

    @needs("zsh")
    def test_zsh_finds_the_installed_file(self):
        (self.folder / "_fivetran-sim").write_text(self.run_program("completion", "zsh"), encoding="utf-8")
        terminal = self.session(["zsh", "-f", "-i"], "fpath=($PWD $fpath); autoload -Uz compinit; compinit -D -u; bindkey -e",
                                "words() { echo \"{${(j:|:)@}}\"; }")
        for _ in range(2):  # the first TAB loads it
            terminal.send("fivetran-sim expl" + TAB)
            time.sleep(0.05)
            terminal.send(HOME + "words " + ENTER)
            found, _ = terminal.wait_for(r"\{fivetran-sim((?:\|[^|}\r\n]*)*)\}")
            self.assertEqual(found.group(1), "|explain")

    def fish(self, typed):
        folder = self.folder / "fish"
        folder.mkdir(exist_ok=True)
        script = "source (fivetran-sim completion fish | psub); complete -C $argv[1]"
        done = subprocess.run(["fish", "--no-config", "-c", script, "fivetran-sim " + typed], cwd=self.folder, capture_output=True, text=True, timeout=60,
                              env=self.environment(PATH=self.path, HOME=str(folder), XDG_CONFIG_HOME=str(folder)))
        self.assertEqual(done.stderr, "")
        return [tuple(line.split("\t")) for line in done.stdout.splitlines()]

    @needs("fish")
    def test_fish(self):
        self.assertIn(("chaos", "Inject a fault at each page and prove that the tables come out the same"), self.fish("cha"))
        names = lambda typed: [line[0] for line in self.fish(typed)]
        self.assertEqual(names("run --full-r"), ["--full-refresh"])
        self.assertEqual(names("run main.py --platform g"), ["gcp"])
        self.assertEqual(names("run main.py --platform=az"), ["--platform=azure"])
        self.assertEqual(names("run --select STA-03,duplicate-key"), ["STA-03,duplicate-key-in-response"])
        self.assertEqual(names("run python:main.py:l"), ["python:main.py:lambda_handler"])
        self.assertEqual(names("run main.py --secrets my"), ["my secrets.json"])
        self.assertEqual(names("record main.py re"), ["recorded/"])
        self.assertEqual(names("explain ROW-07"), ["ROW-07"])


if __name__ == "__main__":
    main()
