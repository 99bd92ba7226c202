# SPDX-License-Identifier: Apache-2.0
"""`run --watch` runs again when a file changes and tells what is new, gone, added, removed and changed; Ctrl-C ends it."""
import queue
import signal
import threading
import time

import program

CODE = """def lambda_handler(event, context):
    rows = [ROWS]
    return {"state": {"n": 1}, "insert": {"t": rows}, KEY"hasMore": False}
"""
KEY = '"schema": {"t": {"primary_key": ["id"]}}, '


class WatchTest(program.ProgramTest):
    def write(self, rows, key=KEY):
        fresh = self.folder / "main.new"
        fresh.write_text(CODE.replace("ROWS", rows).replace("KEY", key), encoding="utf-8")
        fresh.rename(self.folder / "main.py")

    def begin(self):
        process = self.start("run", "python:main.py:lambda_handler", "--watch")
        self.lines = queue.Queue()
        for stream in (process.stdout, process.stderr):
            threading.Thread(target=lambda s=stream: [self.lines.put(line) for line in s], daemon=True).start()
        return process

    def until(self, text, seconds=60):
        """All lines up to one that holds the text."""
        seen, deadline = "", time.monotonic() + seconds
        while text not in seen:
            try:
                seen += self.lines.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                self.fail(f"{text!r} did not come:\n{seen}")
        return seen

    def test_what_changed_is_told(self):
        self.write('{"id": 1, "v": 1}, {"id": 2, "v": 2}', key="")
        process = self.begin()
        self.until("watching 1 file")
        self.write('{"id": 1, "v": 1}, {"id": 2, "v": 2}')
        self.until("gone: SCH-01")
        self.write('{"id": 2, "v": 3}, {"id": 5, "v": 5}, {"id": 6, "v": 6}')
        self.until("t: 2 rows added, 1 removed, 1 changed")
        self.write("nonsense(")
        self.until("new: INV-01")
        self.write('{"id": 2, "v": 3}')
        self.until("gone: INV-01")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=30), 130)
        process.stdout.close()
        process.stderr.close()
        self.assert_no_process_left()
        self.assertFalse((self.folder / ".fivetran-sim").exists(), "the stored warehouse was touched")

    def test_what_is_not_here_cannot_be_watched(self):
        process = self.start("run", "http://127.0.0.1:9/x", "--watch")
        _, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 2)
        self.assertIn("cannot watch", err)


if __name__ == "__main__":
    program.main()
