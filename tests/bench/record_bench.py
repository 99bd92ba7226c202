# SPDX-License-Identifier: Apache-2.0
"""What recording adds to a run, and a replay beside the run that it was recorded from.

The pages come once from files, whose answer takes no time, and once from a warm Python handler that makes its rows, as connectors do:
what recording costs is hidden behind the next call only where that takes some time."""
import shutil

import measure
import pages

OWN = "fivetran-sim run"
HANDLER = """import json
import pathlib
BASE = json.loads(pathlib.Path(__file__).with_name("base.json").read_text(encoding="utf-8"))

def lambda_handler(event, context):
    page = event["state"].get("page", 0)
    rows = [dict(row, id=row["id"] + page * 1_000_000) for row in BASE]
    return {"state": {"page": page + 1}, "insert": {"orders": rows}, "delete": {}, "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": page + 1 < %d}
"""


def write_handler(folder, count, size):
    folder.mkdir()
    (folder / "base.json").write_text("[" + ",".join(pages.page_rows(size)) + "]", encoding="utf-8")
    (folder / "main.py").write_text(HANDLER % count, encoding="utf-8")
    return folder / "main.py"


def run(programs, folder, count, size, rounds):
    """Series of runs alone and with --record, and of the offline replay, interleaved."""
    scenario, fixture, other = folder / "recorded-pages", folder / "fixture", folder / "handler-fixture"
    total = pages.write_pages(scenario, count, size)
    # Python's JSON has blanks behind commas and colons, and no answer may be above Lambda's limit of 6 MB.
    smaller = size * 9 // 10
    handler = write_handler(folder / "handler", count, smaller)
    program = programs["fivetran-sim"]

    def plain(target):
        return [program, "run", target, "--quiet", "--keep-runs", "0", "--destination"]
    commands = {("recording", OWN): [*plain(f"scenario:{scenario}"), "sqlite:run.sqlite"],
                ("recording", "fivetran-sim run --record"): [*plain(f"scenario:{scenario}"), "sqlite:record.sqlite", "--record", fixture],
                ("recording a Python handler", OWN): [*plain(f"python:{handler}"), "sqlite:run.sqlite"],
                ("recording a Python handler", "fivetran-sim run --record"): [*plain(f"python:{handler}"), "sqlite:record.sqlite", "--record", other],
                ("replaying into memory:", OWN): [*plain(f"scenario:{scenario}"), "memory:"],
                ("replaying into memory:", "fivetran-sim replay"): [program, "replay", fixture, "--quiet"]}
    series = [measure.Series(work, name, total / 1e6 * share / size, pages.rows_a_page(share) * count)
              for work, name in commands for share in [smaller if "Python" in work else size]]
    for _ in range(rounds):
        shutil.rmtree(fixture, ignore_errors=True)
        shutil.rmtree(other, ignore_errors=True)
        for one, command in zip(series, commands.values()):
            for old in folder.glob("*.sqlite*"):
                old.unlink()
            one.add(measure.run(command, cwd=folder))
    return series
