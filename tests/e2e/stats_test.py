# SPDX-License-Identifier: Apache-2.0
"""--stats tells where the time of a sync went, and its parts add up to the time of the sync."""
import json
import sys

import program

sys.path.insert(0, str(program.ROOT / "tests" / "support"))
import json_schema  # noqa: E402

PARTS = ("connector", "parse", "check", "load", "commit", "waiting", "other")
SCHEMA = json.loads((program.ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
# Pages of 200 kB, large enough to be loaded behind the next call; each answer takes 50 ms.
CONNECTOR = """
import time
def lambda_handler(event, context):
    n = event["state"].get("n", 0) + 1
    time.sleep(0.05)
    rows = [{"id": n * 10000 + i, "text": "x" * 80} for i in range(2000)]
    return {"state": {"n": n}, "insert": {"t": rows}, "delete": {}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": n < 8}
"""
SMALL = {"state": {"n": 1}, "insert": {"t": [{"id": 1}]}, "delete": {}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": False}


class StatsTest(program.ProgramTest):
    def report(self, *arguments):
        """The JSON report and what stood on stderr."""
        process = self.start(*arguments, "--report", "json=report.json")
        _, err = process.communicate(timeout=180)
        self.assertEqual(process.returncode, 0, err)
        report = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        self.assertEqual(json_schema.faults(report, SCHEMA, SCHEMA), [])
        return report, err

    def assert_adds_up(self, stats, seconds):
        self.assertAlmostEqual(sum(stats[part] for part in PARTS), seconds, delta=0.02 * seconds + 1e-5)
        self.assertAlmostEqual(stats["total"], seconds, delta=0.02 * seconds + 1e-5)

    def sync_stats(self, destination):
        (self.folder / "main.py").write_text(CONNECTOR, encoding="utf-8")
        report, err = self.report("run", "python:main.py:lambda_handler", "--runtime-client", "built-in", "--destination", destination, "--stats")
        sync = report["syncs"][0]
        self.assert_adds_up(sync["stats"], sync["seconds"])
        self.assertIn("time of sync 1: ", err)
        for part in PARTS:
            self.assertIn(f" {part} ", err)
        return sync["stats"], err

    def test_a_sync_that_loads_behind_its_calls(self):
        stats, err = self.sync_stats("sqlite:w.sqlite")
        self.assertGreaterEqual(stats["connector"], 8 * 0.05)
        for part in ("parse", "check", "load", "commit"):
            self.assertGreater(stats[part], 0, part)
        self.assertGreater(stats["behind"]["load"], 0, "seven pages behind calls, the last one not")
        self.assertGreater(stats["behind"]["commit"], 0)
        self.assertIn("behind the calls, on a second thread: load ", err)

    def test_duckdb_tells_its_commits(self):
        if not program.DUCKDB.exists():
            self.skipTest(f"no {program.DUCKDB.name}")
        self.assertGreater(self.sync_stats("duckdb:w.duckdb")[0]["behind"]["commit"], 0)

    def test_small_pages_are_loaded_by_the_sync_itself(self):
        (self.folder / "s").mkdir()
        (self.folder / "s" / "0.json").write_text(json.dumps(SMALL), encoding="utf-8")
        report, err = self.report("run", "scenario:s", "--destination", "sqlite:w.sqlite", "--stats", "--quiet")
        stats = report["syncs"][0]["stats"]
        self.assert_adds_up(stats, report["syncs"][0]["seconds"])
        self.assertGreater(stats["load"], 0)
        self.assertEqual(stats["behind"], {"load": 0, "commit": 0})
        self.assertNotIn("behind the calls", err)

    def test_check_calls_no_connector(self):
        (self.folder / "r.json").write_text(json.dumps(SMALL), encoding="utf-8")
        report, err = self.report("check", "r.json", "r.json", "--stats")
        self.assertEqual(len(report["syncs"]), 2)
        for series in report["syncs"]:
            stats = series["stats"]
            self.assert_adds_up(stats, stats["total"])
            self.assertEqual((stats["connector"], stats["waiting"]), (0, 0))
            self.assertGreater(stats["parse"], 0)
        self.assertEqual(err.count("time of sync "), 2)

    def test_nothing_is_told_unasked(self):
        (self.folder / "r.json").write_text(json.dumps(SMALL), encoding="utf-8")
        report, err = self.report("check", "r.json")
        self.assertNotIn("stats", report["syncs"][0])
        self.assertNotIn("time of", err)


if __name__ == "__main__":
    program.main()
