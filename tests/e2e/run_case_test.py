# SPDX-License-Identifier: Apache-2.0
"""The runner of .case files fails where it should: a runner that cannot fail would prove nothing."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

RUNNER = pathlib.Path(__file__).resolve().parent / "run_case.py"
FAKE = """#!/bin/sh
# stands in for the program: prints its arguments and exits with the number behind the last one
echo "got $*"
echo "warned" >&2
for last; do :; done
exit "${last#exit=}"
"""


class RunCaseTest(unittest.TestCase):
    def run_case(self, text, **environment):
        with tempfile.TemporaryDirectory() as folder:
            fake = pathlib.Path(folder, "fivetran-sim")
            fake.write_text(FAKE, encoding="utf-8")
            fake.chmod(0o755)
            case = pathlib.Path(folder, "x.case")
            case.write_text(text, encoding="utf-8")
            done = subprocess.run([sys.executable, RUNNER, fake, case], capture_output=True, text=True, check=False,
                                  env={**os.environ, "TMPDIR": folder, "FSIM_NO_SKIP": "", **environment})
            return done.returncode, done.stdout + done.stderr

    def assert_fails(self, check, reason):
        code, out = self.run_case(f"NAME x\nRUN fivetran-sim a exit=0; echo '{{\"a\": [1, {{\"b\": 2}}]}}' > r.json\n{check}\n")
        self.assertEqual(code, 1, out)
        self.assertIn(reason, out)
        self.assertIn("kept: ", out)

    def test_what_holds_passes(self):
        code, out = self.run_case("""# a comment
NAME all words
FILE sub/file.txt
  one

    two
SETUP test "$(tail -n 1 sub/file.txt)" = "  two"
RUN fivetran-sim run exit=3
EXIT 3
EXPECT got run
EXPECT_ERR warned
EXPECT_NOT nothing of the kind
EXPECT_MATCH ^got \\w+
EXPECT_LINES 1
EXPECT_ERR_LINES 1
RUN echo '{"a": [1, {"b": 2}]}' > r.json; python3 -c 'import sqlite3; c = sqlite3.connect("d"); c.execute("create table t(x)")'
EXPECT_JSON r.json a.# 2
EXPECT_JSON r.json a.1.b 2
EXPECT_SQL d select count(*) from t = 0
EXPECT_FILE sub/*.txt
NAME a second one
RUN fivetran-sim exit=0
""")
        self.assertEqual(code, 0, out)
        self.assertIn("2 passed, 0 failed, 0 skipped", out)

    def test_each_check_can_fail(self):
        self.assert_fails("EXIT 4", "exit code 0, not 4")
        self.assert_fails("EXPECT bananas", "stdout lacks: bananas")
        self.assert_fails("EXPECT_ERR bananas", "stderr lacks: bananas")
        self.assert_fails("EXPECT_NOT warned", "the output holds: warned")
        self.assert_fails("EXPECT_MATCH ^a$", "stdout does not match")
        self.assert_fails("EXPECT_LINES 2", "stdout has 1 lines, not 2")
        self.assert_fails("EXPECT_ERR_LINES 0", "stderr has 1 lines, not 0")
        self.assert_fails("EXPECT_JSON r.json a.0 2", "a.0 is 1, not 2")
        self.assert_fails("EXPECT_JSON r.json a.7 2", "has no a.7")
        self.assert_fails("EXPECT_SQL missing.sqlite select 1 = 1", "unable to open")
        self.assert_fails("EXPECT_FILE *.txt", "no file *.txt")

    def test_an_exit_code_that_nobody_expected(self):
        code, out = self.run_case("NAME x\nRUN fivetran-sim exit=2\n")
        self.assertEqual(code, 1)
        self.assertIn("exit code 2, not 0", out)

    def test_a_report_that_contradicts_the_exit_code(self):
        code, out = self.run_case("NAME x\nRUN echo '{\"schema\": \"fivetran-sim/report/1\", \"exit_code\": 1}' > r.json; fivetran-sim exit=0\n")
        self.assertEqual(code, 1)
        self.assertIn("r.json says exit_code 1, but the program exited with 0", out)

    def test_a_command_that_hangs_is_ended(self):
        code, out = self.run_case("NAME x\nTIMEOUT 0.5\nRUN sleep 60\n")
        self.assertEqual(code, 1)
        self.assertIn("did not end within 0.5 s", out)

    def test_a_missing_requirement_skips_or_fails(self):
        text = "NAME x\nREQUIRES no-such-program-here\nRUN false\n"
        self.assertEqual(self.run_case(text)[0], 125)
        code, out = self.run_case(text, FSIM_NO_SKIP="1")
        self.assertEqual(code, 1)
        self.assertIn("no-such-program-here is not installed", out)

    def test_an_unknown_word_is_refused(self):
        code, out = self.run_case("NAME x\nEXPCT y\n")
        self.assertEqual(code, 1)
        self.assertIn("x.case:2: no such word: EXPCT", out)


if __name__ == "__main__":
    unittest.main()
