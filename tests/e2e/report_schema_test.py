# SPDX-License-Identifier: Apache-2.0
"""Every JSON report keeps to docs/report.schema.json and each schema lock to docs/schema.schema.json, its exit code is the program's, and ndjson tells the same findings."""
import json
import sys

import program

sys.path.insert(0, str(program.ROOT / "tests" / "support"))
import json_schema  # noqa: E402

SCHEMA = json.loads((program.ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
PAGES = f"python:{program.SAMPLES / 'pages.py'}:lambda_handler"
GOOD = {"state": {"n": 12345678901234567890}, "insert": {"T x": [{"id": 1, "v": 1.50}]}, "delete": {},
        "schema": {"T x": {"primary_key": ["id"]}}, "hasMore": False}


class ReportSchemaTest(program.ProgramTest):
    def scenario(self, *responses):
        folder = self.folder / "scenario"
        folder.mkdir()
        for i, response in enumerate(responses):
            text = response if isinstance(response, str) else json.dumps(response)
            (folder / f"{i:02}.json").write_text(text, encoding="utf-8")
        return f"scenario:{folder}"

    def held(self, *arguments, exit_code):
        report = self.run_report(*arguments, "--report", "ndjson=events.ndjson", exit_code=exit_code)
        self.assertEqual(json_schema.faults(report, SCHEMA, SCHEMA), [])
        self.assertEqual(report["exit_code"], exit_code)
        events = [json.loads(line) for line in (self.folder / "events.ndjson").read_text(encoding="utf-8").splitlines()]
        self.assertEqual(events[-1]["event"], "run.end")
        self.assertEqual(events[-1]["exit_code"], exit_code)
        self.assertEqual(events[-1]["findings"], report["findings"])
        self.assertEqual({e["finding"]["rule"] for e in events if e["event"] == "finding"},
                         {f["rule"] for f in report["findings"]})
        return report

    def test_a_clean_run(self):
        report = self.held("run", self.scenario(GOOD), "--destination", "memory:", exit_code=0)
        self.assertEqual(report["syncs"][0]["calls"][0]["rows"], {"t_x": {"inserted": 1, "deleted": 0}})
        text = (self.folder / "report.json").read_text(encoding="utf-8")
        self.assertIn('"n":12345678901234567890', text, "digits of the state are kept")

    def test_a_schema_lock(self):
        self.run_program("run", self.scenario(GOOD), "--destination", "sqlite:w.sqlite")
        self.run_program("schema", "lock", "--destination", "sqlite:w.sqlite", "--contract", "t_x.types=warn")
        lock = json.loads((self.folder / "fivetran-schema.json").read_text(encoding="utf-8"))
        schema = json.loads((program.ROOT / "docs" / "schema.schema.json").read_text(encoding="utf-8"))
        self.assertEqual(json_schema.faults(lock, schema, schema), [])
        lock["tables"]["t_x"]["contract"]["types"] = "frozen"
        self.assertNotEqual(json_schema.faults(lock, schema, schema), [])

    def test_waivers_and_a_baseline(self):
        bad = {**GOOD, "insert": {"T x": [{"v": 1}]}}
        report = self.held("run", self.scenario(bad), "--destination", "memory:", "--waive", "ROW-02=never", "--baseline", "b.json",
                           exit_code=0)
        self.assertTrue(report["baseline"]["written"])
        self.assertEqual(report["waivers"][0]["fate"], "stale")
        baseline = json.loads((self.folder / "b.json").read_text(encoding="utf-8"))
        schema = json.loads((program.ROOT / "docs" / "baseline.schema.json").read_text(encoding="utf-8"))
        self.assertEqual(json_schema.faults(baseline, schema, schema), [])
        self.assertEqual([f["rule"] for f in baseline["findings"]], ["ROW-01"])

    def test_setup_tests_stand_apart(self):
        report = self.held("run", self.scenario(GOOD, GOOD, GOOD), "--setup-test", "--destination", "memory:", exit_code=0)
        self.assertEqual(len(report["setup_tests"]), 2)
        self.assertEqual(len(report["syncs"]), 1)

    def test_a_rejected_response(self):
        report = self.held("run", self.scenario({"insert": {}, "hasMore": False}), "--destination", "memory:", exit_code=1)
        self.assertEqual(report["outcome"], "failed")

    def test_a_body_that_is_no_json(self):
        self.held("run", self.scenario("{nope"), "--destination", "memory:", exit_code=3)

    def test_a_limit_of_the_user(self):
        report = self.held("run", PAGES, "--max-calls", "1", "--destination", "memory:", "--env", "PAGES=5", exit_code=6)
        self.assertEqual(report["outcome"], "stopped")

    def test_an_error_of_this_machine(self):
        # The scenario says that there is more, but has no second file.
        report = self.held("run", self.scenario({**GOOD, "hasMore": True}), "--destination", "memory:", exit_code=2)
        self.assertIn("error", report)
        self.assertEqual(report["syncs"][0]["call_count"], 1)

    def test_documents(self):
        (self.folder / "a.json").write_text(json.dumps(GOOD), encoding="utf-8")
        self.held("check", "a.json", exit_code=0)

    def test_the_schema_checker_can_fail(self):
        report = self.held("run", self.scenario(GOOD), "--destination", "memory:", exit_code=0)
        report["findings"] = [{"rule": "X"}]
        report["surplus"] = 1
        report["outcome"] = "fine"
        self.assertGreaterEqual(len(json_schema.faults(report, SCHEMA, SCHEMA)), 3)


if __name__ == "__main__":
    program.main()
