# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C ends a sync after the running call, a second one at once; both leave a consistent warehouse and no process."""
import json
import signal
import sqlite3
import time

import program

TARGET = f"python:{program.SAMPLES / 'pages.py'}:lambda_handler"


class InterruptTest(program.ProgramTest):
    def pages_in_warehouse(self):
        """The number of pages that are wholly there, or 0 when there is no table yet."""
        try:
            connection = sqlite3.connect(f"file:{self.folder / 'w.sqlite'}?mode=ro", uri=True)
            counts = connection.execute("select page, count(*) from events group by page").fetchall()
            connection.close()
        except sqlite3.Error:
            return 0
        self.assertEqual([count for _, count in counts], [3] * len(counts))
        return len(counts)

    def wait_for_pages(self, process, pages):
        deadline = time.monotonic() + 60
        while self.pages_in_warehouse() < pages:
            self.assertIsNone(process.poll(), "it ended by itself")
            self.assertLess(time.monotonic(), deadline, "no page arrived")
            time.sleep(0.02)

    def assert_state_fits(self):
        state = json.loads(self.run_program("state", "show", "--destination", "sqlite:w.sqlite"))
        self.assertEqual(state, {"page": self.pages_in_warehouse()})

    def assert_continues(self):
        self.run_program("run", TARGET, "--destination", "sqlite:w.sqlite", "--env", "PAGES=20", PAGES="20")
        self.run_program("run", TARGET, "--destination", "sqlite:whole.sqlite", "--env", "PAGES=20", PAGES="20")
        self.assertEqual(program.tables(self.folder / "w.sqlite"), program.tables(self.folder / "whole.sqlite"))

    def interrupted(self, first_signal, exit_code):
        process = self.start("run", TARGET, "--destination", "sqlite:w.sqlite", "--env", "PAGES=20", "--env", "PAUSE=0.2")
        self.wait_for_pages(process, 3)
        process.send_signal(first_signal)
        out, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, exit_code, out + err)
        self.assertLess(self.pages_in_warehouse(), 20)
        self.assert_no_process_left()
        self.assert_state_fits()
        self.assert_continues()

    def test_ctrl_c(self):
        self.interrupted(signal.SIGINT, 130)

    def test_termination(self):
        self.interrupted(signal.SIGTERM, 143)

    def test_temporary_folders_of_a_killed_run_go_with_the_next(self):
        temporary = self.folder / "tmp"
        temporary.mkdir()
        process = self.start("run", TARGET, "--destination", "sqlite:w.sqlite", "--env", "PAGES=20", "--env", "PAUSE=0.2", TMPDIR=str(temporary))
        self.wait_for_pages(process, 2)
        (used,) = temporary.iterdir()
        # Another one meanwhile leaves alone what is in use.
        self.run_program("invoke", TARGET, TMPDIR=str(temporary))
        self.assertEqual(list(temporary.iterdir()), [used])
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        self.assert_no_process_left()
        self.assertTrue(used.exists())
        self.run_program("invoke", TARGET, TMPDIR=str(temporary))
        self.assertEqual(list(temporary.iterdir()), [])

    def test_a_second_ctrl_c_does_not_wait_for_the_call(self):
        process = self.start("run", TARGET, "--destination", "sqlite:w.sqlite", "--env", "PAGES=20", "--env", "HANG=3")
        self.wait_for_pages(process, 3)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        self.assertIsNone(process.poll(), "the first Ctrl-C did not wait for the running call")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=15)
        self.assertEqual(process.returncode, 130, out + err)
        self.assert_no_process_left()
        self.assert_state_fits()
        self.assert_continues()


if __name__ == "__main__":
    program.main()
