# SPDX-License-Identifier: Apache-2.0
"""scripts/check_coverage.py adds up the files of a folder and fails when one of the four that it holds is not above 90 %."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "check_coverage.py"
GOOD = {"src/protocol/a.cpp": (95, 100), "src/rules/a.cpp": (91, 100), "src/engine/a.hpp": (10, 10), "src/destinations/a.cpp": (901, 1000)}


class CheckCoverageTest(unittest.TestCase):
    def check(self, changes, *options):
        """The exit code, the lines of the table and the faults for the good summary with `changes` laid over it."""
        files = [{"filename": name, "line_covered": lines[0], "line_total": lines[1]} for name, lines in {**GOOD, **changes}.items() if lines]
        with tempfile.TemporaryDirectory() as folder:
            summary = pathlib.Path(folder) / "summary.json"
            summary.write_text(json.dumps({"files": files}), encoding="utf-8")
            done = subprocess.run([sys.executable, SCRIPT, summary, *options], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()

    def test_more_than_the_floor_in_each_folder_passes(self):
        code, shown, faults = self.check({})
        self.assertEqual((code, faults), (0, []))
        self.assertEqual([line.split()[:3] for line in shown[1:]],
                         [["src/destinations", "1000", "90.1"], ["src/engine", "10", "100.0"], ["src/protocol", "100", "95.0"], ["src/rules", "100", "91.0"]])

    def test_the_floor_itself_is_not_enough(self):
        code, _, faults = self.check({"src/rules/a.cpp": (90, 100)})
        self.assertEqual((code, faults), (1, ["src/rules: 90 of 100 lines are covered, which is not more than 90 %"]))

    def test_files_of_a_folder_are_added_up(self):
        self.assertEqual(self.check({"src/rules/b.cpp": (0, 1)})[0], 0)
        self.assertEqual(self.check({"src/rules/b.cpp": (0, 2)})[0], 1)

    def test_a_folder_that_was_not_measured_fails(self):
        self.assertEqual(self.check({"src/engine/a.hpp": None})[2], ["src/engine: no line was measured"])

    def test_other_folders_are_shown_and_not_held(self):
        code, shown, _ = self.check({"src/cli/a.cpp": (1, 100), "src/main.cpp": (1, 2), "tests/unit/a.cpp": (0, 100)})
        self.assertEqual(code, 0)
        self.assertEqual([line.split()[:3] for line in shown[5:]], [["src/cli", "100", "1.0"], ["src/main.cpp", "2", "50.0"]])

    def test_files_at_or_below_the_floor_are_named(self):
        shown = self.check({"src/rules/b.cpp": (5, 6), "src/rules/c.cpp": (95, 99)}, "-v")[1]
        self.assertEqual(shown[5:], ["src/rules/b.cpp: 5 of 6 lines"])


if __name__ == "__main__":
    unittest.main()
