#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9 of the program at random moments of a sync of 200 pages, then `run` again: the tables end as if nothing had happened.

    tests/e2e/kill_test.py PROGRAM [--kills N] [--seed N]

Each round begins with an empty warehouse, kills one to three runs in a row, lets the next one finish and compares the result
with an undisturbed run: with `fivetran-sim diff`, and row for row through Python's own sqlite3.
"""
import argparse
import json
import pathlib
import random
import signal
import sys
import time

import program

TARGET = f"python:{program.SAMPLES / 'pages.py'}:lambda_handler"
KILLS, SEED = 12, None


class KillTest(program.ProgramTest):
    def sync(self, database):
        self.run_program("run", TARGET, "--destination", f"sqlite:{database}")

    def kill_a_run(self, database, moment):
        """Kills a run after `moment` seconds; false when it had ended before."""
        process = self.start("run", TARGET, "--destination", f"sqlite:{database}")
        time.sleep(moment)
        alive = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return alive

    def drop(self, database):
        for path in self.folder.glob(f"{database}*"):
            path.unlink()

    def test_tables_after_kills_equal_those_of_an_undisturbed_run(self):
        begin = time.monotonic()
        self.sync("whole.sqlite")
        duration = time.monotonic() - begin
        whole = program.tables(self.folder / "whole.sqlite")
        self.assertEqual({name: len(rows) for name, (_, rows) in whole.items()}, {"orders": 3710, "lines": 7638, "events": 600})

        chance = random.Random(SEED)
        kills = begun = resumed = 0
        while kills < KILLS:
            self.drop("killed.sqlite")
            for _ in range(chance.randint(1, 3)):
                if self.kill_a_run("killed.sqlite", chance.random() * duration):
                    kills += 1
                    begun += (self.folder / "killed.sqlite").exists()
            before = self.state("killed.sqlite")
            resumed += before is not None and 0 < before["page"] < 200
            self.sync("killed.sqlite")
            self.assertEqual(self.state("killed.sqlite"), {"page": 200})
            self.run_program("diff", "sqlite:whole.sqlite", "sqlite:killed.sqlite")
            self.assertEqual(program.tables(self.folder / "killed.sqlite"), whole, f"after {kills} kills, seed {SEED}")
        self.assert_no_process_left()
        print(f"{kills} kills over {duration:.1f} s of a sync, {begun} with a warehouse begun, {resumed} rounds resumed midway")
        self.assertGreater(resumed, 0, "no kill fell into the middle of a sync: the test proved nothing")

    def state(self, database):
        if not (self.folder / database).exists():
            return None
        out = self.run_program("state", "show", "--destination", f"sqlite:{database}")
        return json.loads(out) or None


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments = parser.parse_args()
    KILLS, SEED = arguments.kills, arguments.seed
    print(f"seed {SEED}", flush=True)
    sys.argv[1:] = [str(arguments.program)]
    program.main()
