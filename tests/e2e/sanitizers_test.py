#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The settings under which the sanitized tests run (CMakePresets.json): sanitizers_test.py FAULTY

A fault of each kind ends a program with an exit code that no test expects, and leaves a report where the run is
judged by it (`sanitized` in scripts/steps.sh), whatever became of the output.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

SKIPPED = 125
VARIABLES = ("ASAN_OPTIONS", "UBSAN_OPTIONS")


class SanitizersTest(unittest.TestCase):
    def reports(self, fault, code):
        """What the program left beside its output."""
        with tempfile.TemporaryDirectory(prefix="fsim-sanitizers-") as folder:
            options = {name: re.sub(r"log_path=.*/", f"log_path={folder}/reports/", os.environ[name]) for name in VARIABLES}
            done = subprocess.run([FAULTY, fault], env={**os.environ, **options}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, check=False)
            self.assertEqual(done.returncode, code)
            return "".join(file.read_text(encoding="utf-8") for file in pathlib.Path(folder).rglob("*.*"))

    def test_each_fault_leaves_a_report(self):
        for fault, told in (("leak", "detected memory leaks"), ("address", "heap-buffer-overflow"), ("overflow", "signed integer overflow")):
            with self.subTest(fault):
                self.assertIn(told, self.reports(fault, 99))

    def test_a_program_without_faults_leaves_none(self):
        self.assertEqual(self.reports("none", 0), "")


if __name__ == "__main__":
    FAULTY = sys.argv.pop(1)
    if not all(name in os.environ for name in VARIABLES):
        print("not run by `ctest --preset asan`, whose settings this is about")
        raise SystemExit(SKIPPED)
    unittest.main()
