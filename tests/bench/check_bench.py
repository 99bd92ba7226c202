# SPDX-License-Identifier: Apache-2.0
"""Judges the same pages with the program and with JSON schemas, key sets and jq; beside a bare DOM parse that judges nothing."""
import pathlib
import shutil
import sys

import measure
import pages
import peers

HERE = pathlib.Path(__file__).resolve().parent
OWN = "fivetran-sim check"
JQ = '.insert.orders | (map(.id) | unique | length) == length and all(.[]; .id | type == "number")'


def tools(programs):
    """Name, command for files and folder, environment, what must be installed, whether it takes long."""
    return [
        (OWN, lambda files, _: [programs["fivetran-sim"], "check", "--quiet", *files], None, None, False),
        ("floor: simdjson DOM parse only", lambda files, _: [programs["raw_floor"], "dom", *files], None, None, False),
        ("ajv, JSON.parse, key set", lambda _, folder: ["node", HERE / "peers/check.cjs", folder], peers.node_environment(), "ajv", False),
        ("fastjsonschema, json, key set", lambda files, folder: [peers.python("python"), HERE / "peers/check.py", "fastjsonschema", folder, len(files)],
         None, "python", True),
        ("jsonschema, json, key set", lambda files, folder: [peers.python("python"), HERE / "peers/check.py", "jsonschema", folder, len(files)],
         None, "python", True),
        ("jq: keys are numbers and unique", lambda files, _: ["jq", "-e", JQ, *files], None, "jq", True),
    ]


def run(programs, problems, folder, count, few, size, rounds):
    if shutil.which("jq") is None:
        problems = problems | {"jq": "there is no jq on the PATH"}
    here = folder / "check"
    megabytes = pages.write_pages(here, count, size) / 1e6
    files, rows = sorted(here.glob("*.json")), pages.rows_a_page(size)
    series = []
    for name, command, environment, needs, slow in tools(programs):
        used = files[:min(few, count)] if slow else files
        note = problems.get(needs, "") or (f"{len(used)} of the {count} pages" if len(used) != count else "")
        series.append((measure.Series("check only", name, megabytes * len(used) / count, rows * len(used), note=note), command, environment,
                       used, needs in problems))
    for number in range(rounds):
        for one, command, environment, used, unable in series:
            if unable:
                continue
            try:
                one.add(measure.run(command(used, here), environment=environment))
            except measure.Failed as error:
                one.note = measure.short(error)
        print(f"  check only, round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    shutil.rmtree(here)
    return [one for one, *_ in series]
