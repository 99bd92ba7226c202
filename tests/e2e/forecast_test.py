# SPDX-License-Identifier: Apache-2.0
"""`forecast`: what is reckoned from some calls, from a report, and what it says when it cannot tell."""
import json
import sys

import program

sys.path.insert(0, str(program.ROOT / "tests" / "support"))
import json_schema  # noqa: E402

SCHEMA = json.loads((program.ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
DAYS = """import datetime


def lambda_handler(event, context):
    day = datetime.date.fromisoformat(event["state"].get("day", "2020-01-01")) + datetime.timedelta(days=10)
    rows = [{"id": f"{day}/{i}", "v": i} for i in range(20)]
    return {"state": {"day": str(day)}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": MORE}
"""
TARGET = "python:main.py:lambda_handler"


class ForecastTest(program.ProgramTest):
    def write(self, code):
        (self.folder / "main.py").write_text(code, encoding="utf-8")

    def forecast(self, *words, **more):
        report = self.run_report("forecast", *words, **more)
        self.assertEqual(json_schema.faults(report, SCHEMA, SCHEMA), [])
        return report["forecast"], report

    def test_a_cursor_on_its_way_to_a_day(self):
        self.write(DAYS.replace("MORE", "True"))
        told, _ = self.forecast(TARGET, "--max-calls", "10", "--until", "2024-02-08")
        self.assertEqual((told["cursor"], told["cursor_at"], told["calls"]), ("/day", "2020-04-10", 10))
        # 2020-04-10 to 2024-02-08 are 1,399 days, ten a call.
        self.assertEqual(told["calls_left"], {"low": 139.9, "likely": 139.9, "high": 139.9})
        self.assertEqual(told["syncs_left"]["likely"], 1)
        self.assertAlmostEqual(told["active_rows_a_month"], 2 * 30.4, delta=0.1)
        self.assertFalse(told["finished"])
        self.assertFalse(told["grows"])

    def test_the_same_from_a_report(self):
        self.write(DAYS.replace("MORE", "True"))
        self.run_program("run", TARGET, "--max-calls", "10", "--destination", "memory:", "--report", "json=r.json", exit_code=6)
        told, report = self.forecast("--from", "r.json", "--until", "2024-02-08")
        self.assertEqual(told["calls_left"]["likely"], 139.9)
        self.assertEqual(report["target"], TARGET)

    def test_a_report_keeps_its_digits(self):
        self.write(DAYS.replace("MORE", "True").replace('{"day": str(day)}', '{"day": str(day), "big": 12345678901234567890123}'))
        self.run_program("run", TARGET, "--max-calls", "4", "--destination", "memory:", "--report", "json=r.json", exit_code=6)
        self.forecast("--from", "r.json")
        self.assertEqual((self.folder / "report.json").read_text(encoding="utf-8").count('"big":12345678901234567890123'), 5)

    def test_responses_that_shrink(self):
        self.write('''def lambda_handler(event, context):
    n = event["state"].get("n", 0) + 1
    return {"state": {"n": n}, "insert": {"t": [{"id": n, "v": "x" * (900 - n * n)}]}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": True}
''')
        told, _ = self.forecast(TARGET, "--max-calls", "6", "--until", "50")
        self.assertAlmostEqual(told["growth_bytes"], -7, delta=0.5)
        self.assertFalse(told["grows"])

    def test_a_report_that_lacks_something(self):
        self.write(DAYS.replace("MORE", "True"))
        self.run_program("run", TARGET, "--max-calls", "4", "--destination", "memory:", "--report", "json=r.json", exit_code=6)
        whole = json.loads((self.folder / "r.json").read_text(encoding="utf-8"))
        for damage, said in ((lambda r: r["syncs"][0]["calls"][2].pop("seconds"), 'syncs[0].calls[2] has no "seconds"'),
                             (lambda r: r["syncs"][0]["calls"][0].update(has_more=1), "syncs[0].calls[0].has_more is no boolean"),
                             (lambda r: r.pop("findings"), 'it has no "findings"'), (lambda r: r["syncs"].clear(), "it holds no sync"),
                             (lambda r: r["syncs"][0]["calls"].clear(), "its sync has no page")):
            report = json.loads(json.dumps(whole))
            damage(report)
            (self.folder / "damaged.json").write_text(json.dumps(report), encoding="utf-8")
            process = self.start("forecast", "--from", "damaged.json")
            _, err = process.communicate(timeout=30)
            self.assertEqual((process.returncode, len(err.splitlines())), (2, 1), err)
            self.assertIn(f"cannot reckon from damaged.json: {said}", err)

    def test_the_share_of_unchanged_rows(self):
        self.write("""def lambda_handler(event, context):
    rows = [{"id": i, "v": i} for i in range(8)] + [{"id": 8 + len(event["state"]), "v": 0}]
    return {"state": {"n": 1}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": False}
""")
        told, _ = self.forecast(TARGET)
        self.assertTrue(told["finished"])
        self.assertEqual((told["next_sync_rows"], told["next_sync_unchanged"]), (9, 8))
        self.assertTrue(any("monthly active rows" in what for what in told["cannot_tell"]))

    def test_a_recorded_run(self):
        told, _ = self.forecast(f"fixture:{program.ROOT / 'fixtures' / 'recorded' / 'csv-shell'}")
        self.assertEqual((told["calls"], told["rows"], told["finished"]), (2, 28, True))
        self.assertNotIn("next_sync_rows", told)
        self.assertTrue(any("recorded answers" in what for what in told["cannot_tell"]))

    def test_it_says_when_it_cannot_tell(self):
        self.write(DAYS.replace("MORE", "True").replace('{"day": str(day)}', '{"day": str(day), "n": 1}'))
        told, report = self.forecast(TARGET, "--max-calls", "2")
        self.assertNotIn("calls_left", told)
        self.assertTrue(any("too few" in what for what in told["cannot_tell"]))
        self.assertEqual([f["rule"] for f in report["findings"] if f["rule"].startswith("FCT")], ["FCT-03"])

    def test_wrong_input(self):
        (self.folder / "r.json").write_text("[]", encoding="utf-8")
        for words, meant in ((["--from", "r.json"], "no JSON report"), (["--from", "none.json"], "cannot be read"),
                             ([TARGET, "--until", "soon"], "neither a time"), (["x.py", "--from", "r.json"], "both")):
            process = self.start("forecast", *words)
            _, err = process.communicate(timeout=30)
            self.assertEqual(process.returncode, 2, err)
            self.assertIn(meant, err)


if __name__ == "__main__":
    program.main()
