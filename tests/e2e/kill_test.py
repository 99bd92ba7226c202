#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9 of the program at random moments of a sync of 200 pages, then `run` again: the tables end as if nothing had happened.

    tests/e2e/kill_test.py PROGRAM [--engine postgres|duckdb] [--kills N] [--seed N]

Each round begins with an empty warehouse, kills one to three runs in a row, lets the next one finish and compares the result
with an undisturbed run: with `fivetran-sim diff`, and with SQLite row for row through Python's own sqlite3.
"""
import argparse
import json
import pathlib
import random
import signal
import sys
import time

import program
from warehouses import Warehouses

TARGET = f"python:{program.SAMPLES / 'pages.py'}:lambda_handler"
KILLS, SEED, ENGINE = 12, None, "sqlite"


class KillTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.warehouses = Warehouses(ENGINE, self.folder)
        self.addCleanup(self.warehouses.drop_all)

    def sync(self, database):
        self.run_program("run", TARGET, "--destination", self.warehouses.url(database))

    def kill_a_run(self, database, moment):
        """Kills a run after `moment` seconds; false when it had ended before."""
        process = self.start("run", TARGET, "--destination", self.warehouses.url(database))
        time.sleep(moment)
        alive = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return alive

    def test_tables_after_kills_equal_those_of_an_undisturbed_run(self):
        begin = time.monotonic()
        self.sync("whole")
        duration = time.monotonic() - begin
        self.assertEqual(self.counts("whole"), {"orders": 3710, "lines": 7638, "events": 600})

        chance = random.Random(SEED)
        kills = begun = resumed = 0
        while kills < KILLS or (resumed == 0 and kills < 5 * KILLS):  # one at least has to fall into the middle
            self.warehouses.drop("killed")
            for _ in range(chance.randint(1, 3)):
                if self.kill_a_run("killed", chance.random() * duration):
                    kills += 1
                    begun += self.warehouses.is_begun("killed")
            before = self.state("killed")
            resumed += before is not None and 0 < before["page"] < 200
            self.sync("killed")
            self.assertEqual(self.state("killed"), {"page": 200})
            self.run_program("diff", self.warehouses.url("whole"), self.warehouses.url("killed"))
            self.assertEqual(self.counts("killed"), self.counts("whole"), f"after {kills} kills, seed {SEED}")
            if ENGINE == "sqlite":
                self.assertEqual(program.tables(self.folder / "killed"), program.tables(self.folder / "whole"))
        self.assert_no_process_left()
        print(f"{kills} kills over {duration:.1f} s of a sync, {begun} with a warehouse begun, {resumed} rounds resumed midway")
        self.assertGreater(resumed, 0, "no kill fell into the middle of a sync: the test proved nothing")

    def counts(self, database):
        out = self.run_program("tables", "--destination", self.warehouses.url(database), "--format", "json")
        return {table["name"]: table["rows"] for table in json.loads(out)}

    def state(self, database):
        if not self.warehouses.is_begun(database):
            return None
        process = self.start("state", "show", "--destination", self.warehouses.url(database))
        out, err = process.communicate(timeout=180)
        if process.returncode == 4 and "it holds no schema" in err:  # DuckDB: killed between its file and our schema
            return None
        self.assertEqual(process.returncode, 0, err)
        return json.loads(out) or None


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--engine", choices=program.ENGINES, default=ENGINE)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments = parser.parse_args()
    KILLS, SEED, ENGINE = arguments.kills, arguments.seed, arguments.engine
    program.leave_without(ENGINE)
    print(f"seed {SEED}", flush=True)
    sys.argv[1:] = [str(arguments.program)]
    program.main()
