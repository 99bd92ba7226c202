# SPDX-License-Identifier: Apache-2.0
"""Tests the judgement of run_samples.py: it must see each way in which a sample can go wrong."""
import unittest

import json

from formats import disagreements
from run_samples import findings_of, matrix_text, problems


def finding(rule, severity="warning", table="t", pointer="/insert/t", count=1):
    return {"rule": rule, "severity": severity, "table": table, "pointer": pointer, "count": count, "message": "m"}


class Problems(unittest.TestCase):
    EXPECTED = ["ROW-04 warning t /insert/t 1"]

    def test_the_expected_findings_are_fine(self):
        self.assertEqual([], problems("ROW-04", [finding("ROW-04")], 0, self.EXPECTED))
        self.assertEqual([], problems("ROW-04", [finding("ROW-04"), finding("SCH-05", "info")], 0, self.EXPECTED))
        self.assertEqual([], problems("ROW-04", [], 0, None))

    def test_each_deviation_is_seen(self):
        for findings in ([], [finding("ROW-04", "info")], [finding("ROW-04", table="u")], [finding("ROW-04", pointer="")],
                         [finding("ROW-04", count=2)], [finding("ROW-04"), finding("ROW-04")],
                         [finding("ROW-04"), finding("SCH-01")]):
            self.assertEqual(1, len(problems("ROW-04", findings, 0, self.EXPECTED)), findings)

    def test_what_is_expected_of_another_rule_must_come_too(self):
        both = [*self.EXPECTED, "SCH-01 info t - 1"]
        self.assertEqual([], problems("ROW-04", [finding("ROW-04"), finding("SCH-01", "info", pointer="")], 0, both))
        self.assertEqual(1, len(problems("ROW-04", [finding("ROW-04")], 0, both)))

    def test_a_clean_sample_raises_nothing_of_its_rule(self):
        self.assertEqual(1, len(problems("ROW-04", [finding("ROW-04", "info")], 0, None)))
        self.assertEqual(1, len(problems("ROW-04", [finding("SCH-01")], 0, None)))

    def test_the_exit_code_must_fit(self):
        for rule, code in (("ROW-01", 1), ("INV-01", 3), ("RSP-01", 3)):
            error = finding(rule, "error")
            expected = [f"{rule} error t /insert/t 1"]
            self.assertEqual([], problems(rule, [error], code, expected))
            self.assertEqual(1, len(problems(rule, [error], 0, expected)))
        for failure, code in (({"failure": "exited"}, 3), ({}, 1)):
            report = {"setup_tests": [{"outcome": "failed", "calls": [failure]}], "findings": [finding("SET-01", "error")]}
            self.assertEqual([], problems("SET-01", findings_of(report), code, ["SET-01 error t /insert/t 1"]))

    def test_formats_that_contradict_each_other_are_seen(self):
        report = {"exit_code": 1, "outcome": "succeeded", "findings": [finding("ROW-01", "error"), {**finding("SCH-01"), "waived": {}}]}
        events = [{"event": "finding", "finding": f} for f in report["findings"]]
        end = {"event": "run.end", "exit_code": 1, "outcome": "succeeded", "findings": report["findings"]}
        told = lambda *all_events: "\n".join(json.dumps(event) for event in all_events)
        screen = "  E ROW-01 x\n\n1 error, 1 waived\ndata: w\n"
        self.assertEqual([], disagreements(1, report, told(*events, end), screen))
        for code, all_events, text in ((0, [*events, end], screen), (1, events, screen), (1, [*events, {**end, "exit_code": 0}], screen),
                                       (1, [*events, {**end, "findings": []}], screen), (1, [events[0], end], screen),
                                       (1, [*events, end], "2 errors\n"), (1, [*events, end], "no findings\n"), (1, [*events, end], "")):
            self.assertTrue(disagreements(code, report, told(*all_events), text), (code, text))

    def test_the_matrix_names_the_own_rule_first(self):
        text = matrix_text({("ROW-04-x", "defect"): (0, [("NAM-01", "info"), ("ROW-04", "warning")]), ("ROW-04-x", "clean"): (0, [])})
        self.assertIn("| ROW-04-x | defect | 0 | **ROW-04** warning, NAM-01 info |", text)
        self.assertIn("| ROW-04-x | clean | 0 | - |", text)


if __name__ == "__main__":
    unittest.main()
