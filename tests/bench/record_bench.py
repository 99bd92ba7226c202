# SPDX-License-Identifier: Apache-2.0
"""What recording adds to a run, and a replay beside the run that it was recorded from."""
import shutil

import measure
import pages

OWN = "fivetran-sim run"


def run(programs, folder, count, size, rounds):
    """Series of the run alone, of the run with --record, and of the offline replay, interleaved."""
    scenario, fixture = folder / "recorded-pages", folder / "fixture"
    total = pages.write_pages(scenario, count, size)
    rows, program = pages.rows_a_page(size) * count, programs["fivetran-sim"]
    plain = [program, "run", f"scenario:{scenario}", "--quiet", "--keep-runs", "0", "--destination"]
    commands = {("recording", OWN): [*plain, "sqlite:run.sqlite"],
                ("recording", "fivetran-sim run --record"): [*plain, "sqlite:record.sqlite", "--record", fixture],
                ("replaying into memory:", OWN): [*plain, "memory:"],
                ("replaying into memory:", "fivetran-sim replay"): [program, "replay", fixture, "--quiet"]}
    series = [measure.Series(work, name, total / 1e6, rows) for work, name in commands]
    for _ in range(rounds):
        shutil.rmtree(fixture, ignore_errors=True)
        for one, command in zip(series, commands.values()):
            for old in folder.glob("*.sqlite*"):
                old.unlink()
            one.add(measure.run(command, cwd=folder))
    return series
