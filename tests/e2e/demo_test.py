#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`demo` in each language that may be there, and `demo --defect`: demo_test.py PROGRAM [--all] [unittest arguments].

With --all the sample of every rule is shown (scripts/nightly), else one of each shape.
"""
import concurrent.futures
import json
import os
import re
import shutil
import sys
import unittest

from program import CONNECTORS, ROOT, ProgramTest, main, tables

# A scenario, options, secrets, settings, a locked schema, a fixture, a connector in Python, another command.
SHAPES = ("ROW-04", "SET-01", "SEC-02", "TST-01", "CON-05", "CON-01", "STA-08", "FCT-03", "TYP-03")


class DemoTest(ProgramTest):
    def demo(self, *arguments, path=None, **more):
        """Runs it in an empty folder, which must stay empty, with a TMPDIR beside it."""
        here, temporary = self.folder / "here", self.folder / "tmp"
        here.mkdir(exist_ok=True)
        temporary.mkdir(exist_ok=True)
        self.folder, kept = here, self.folder
        try:
            out = self.run_program("demo", *arguments, TMPDIR=str(temporary), PATH=path or os.environ["PATH"], **more)
        finally:
            self.folder = kept
        self.assertEqual(list(here.iterdir()), [])
        return out

    def path_with(self, *programs):
        folder = self.folder / "bin"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for program in programs:
            os.symlink(shutil.which(program), folder / program)
        return str(folder)

    def test_the_same_tables_in_each_language(self):
        found = []
        for programs, connector in ((["python3"], "connector.py"), (["node"], "connector.mjs"), ([], "connector.sh")):
            if any(shutil.which(program) is None for program in programs):
                self.assertNotEqual(os.environ.get("FSIM_NO_SKIP"), "1")
                continue
            shutil.rmtree(self.folder / "tmp", ignore_errors=True)
            out = self.demo(path=self.path_with(*programs))
            (folder,) = (self.folder / "tmp").iterdir()
            self.assertIn(f"{connector}, and what it reads", out)
            self.assertIn(str(folder.resolve()), out)
            self.assertTrue((folder / connector).exists())
            self.assertEqual(out.count("no findings"), 2, out)
            self.assertIn("sync 2  incremental", out)
            found.append(tables(folder / ".fivetran-sim" / "warehouse.sqlite"))
        columns, rows = found[0]["orders"]
        self.assertEqual(len(rows), 8)
        (paid,) = [row for row in (dict(zip(columns, row)) for row in rows) if row["id"] == 2]
        self.assertEqual((paid["customer"], paid["total"], paid["status"]), ("Grace", 240, "paid"))
        for other in found[1:]:
            self.assertEqual(other, found[0])

    def test_the_callers_settings_do_not_count(self):
        (self.folder / "fivetran-sim.toml").write_text('target = "nothing.py"\nschema = "other"\n', encoding="utf-8")
        self.run_program("demo", "--to", "mine", FIVETRAN_SIM_DESTINATION="duckdb:x", FIVETRAN_SIM_MAX_CALLS="1")
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["fivetran-sim.toml", "mine"])
        self.assertTrue((self.folder / "mine" / ".fivetran-sim" / "warehouse.sqlite").exists())
        out = self.start("demo", "--to", "mine").communicate()
        self.assertIn("there is something in it", out[1])

    def test_the_connector_passes_the_suite(self):
        shutil.copytree(CONNECTORS / "demo", self.folder / "demo")
        for target in ("python:demo/connector.py", "node:demo/connector.mjs", "cmd:demo/connector.sh"):
            out = self.run_program("test", target)
            self.assertIn("no findings", out, out)

    def show_defect(self, rule):
        name = f"defect-{rule}"
        out = self.run_program("demo", "--defect", rule, "--to", name)
        if not re.search(rf"^ +[EWi!·-] {rule} ", out, re.MULTILINE | re.IGNORECASE):
            return f"{rule}: no finding in\n{out}"
        return ""

    def test_defects(self):
        rules = [rule["id"] for rule in json.loads(self.run_program("rules", "--format", "json"))]
        shown = rules if ALL else SHAPES
        self.assertLessEqual(set(shown), set(rules))
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            wrong = [problem for problem in pool.map(self.show_defect, shown) if problem]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_the_clean_one_lies_beside_it(self):
        self.run_program("demo", "--defect", "duplicate-key-in-response", "--to", "d")
        kept = {p.relative_to(self.folder / "d").as_posix() for p in (self.folder / "d").rglob("*.json")} - {"report.json"}
        sample = ROOT / "tests" / "rules" / "ROW-04-duplicate-key-in-response"
        self.assertLessEqual({p.relative_to(sample).as_posix() for p in sample.rglob("*.json")}, kept)
        self.assertFalse((self.folder / "d" / "expected").exists())

    def test_what_cannot_be_shown(self):
        unknown = self.start("demo", "--defect", "ROW-44")
        self.assertIn('there is no rule `ROW-44`', unknown.communicate()[1])
        self.assertEqual(unknown.returncode, 2)
        lonely = self.start("demo", "--defect", "CON-01", PATH=self.path_with())
        self.assertIn("its sample is written in Python and there is no python3 here", lonely.communicate()[1])
        self.assertEqual(lonely.returncode, 4)


ALL = "--all" in sys.argv
if ALL:
    sys.argv.remove("--all")

if __name__ == "__main__":
    main()
