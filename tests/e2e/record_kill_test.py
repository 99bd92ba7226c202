# SPDX-License-Identifier: Apache-2.0
"""A recording that is killed is read up to its last call, and `--record-mode new` goes on with it to the same bytes."""
import signal
import subprocess
import time

import program

PAGES = 40
CONNECTOR = f"""import time
def lambda_handler(event, context):
    time.sleep(0.02)
    page = event["state"].get("page", 0)
    return {{"state": {{"page": page + 1}}, "insert": {{"t": [{{"id": page, "text": "x" * SIZE}}]}}, "schema": {{"t": {{"primary_key": ["id"]}}}}, "hasMore": page < {PAGES - 1}}}
"""
TARGET = "python:main.py:lambda_handler"


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class RecordKillTest(program.ProgramTest):
    def replayed_rows(self, folder):
        report = self.run_report("replay", folder)
        return sum(table["rows"] for table in report["tables"]), report["exit_code"]

    def test_small_answers(self):
        self.killed_and_gone_on_with(10)

    def test_answers_that_are_written_behind_the_next_call(self):
        self.killed_and_gone_on_with(100_000)

    def killed_and_gone_on_with(self, size):
        (self.folder / "main.py").write_text(f"SIZE = {size}\n{CONNECTOR}", encoding="utf-8")
        recording = subprocess.Popen([self.program, "record", TARGET, "fx", "--quiet"], cwd=self.folder, env=program.quiet_environment(),
                                     stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not (self.folder / "fx/sync-1/call-005.request.json").exists():
            self.assertLess(time.monotonic(), deadline, "nothing is recorded")
            time.sleep(0.005)
        recording.send_signal(signal.SIGKILL)
        recording.wait(timeout=30)
        calls = len(list((self.folder / "fx/sync-1").glob("call-*.request.json")))
        self.assertLess(calls, PAGES)
        self.assertEqual(self.replayed_rows("fx"), (calls, 0))
        self.run_report("record", TARGET, "fx", "--record-mode", "new")
        self.assertEqual(self.replayed_rows("fx"), (PAGES, 0))
        self.run_report("record", TARGET, "whole")
        whole, mended = files(self.folder / "whole"), files(self.folder / "fx")
        self.assertEqual(whole.keys(), mended.keys())
        self.assertEqual([name for name in whole if whole[name] != mended[name] and name != "fixture.json"], [])
        self.assert_no_process_left()


if __name__ == "__main__":
    program.main()
