#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The committed fixtures: recorded_test.py PROGRAM

Each fixture of fixtures/recorded is replayed with a PATH on which no interpreter is, loads rows, raises no error and
no warning, keeps to docs/fixture.schema.json, and holds nothing that `scan` finds. Damage to any one of its files is told with that file's name.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
RECORDED = ROOT / "fixtures" / "recorded"
sys.path.insert(0, str(ROOT / "tests" / "support"))
import json_schema  # noqa: E402

SCHEMA = json.loads((ROOT / "docs" / "fixture.schema.json").read_text(encoding="utf-8"))


def call(program, *words, cwd):
    sanitizers = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    return subprocess.run([program, *words], cwd=cwd, env={**sanitizers, "PATH": "/nowhere"}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=120)


def check_replay(program, fixture, folder):
    report = pathlib.Path(folder) / "report.json"
    done = call(program, "replay", str(fixture), "-q", "--report", f"json={report}", cwd=folder)
    assert done.returncode == 0, f"{fixture.name}: exit {done.returncode}: {done.stderr[-500:]}"
    document = json.loads(report.read_text(encoding="utf-8"))
    loud = [f["rule"] for f in document["findings"] if f["severity"] != "info"]
    assert not loud, f"{fixture.name}: {loud}"
    assert sum(table["rows"] for table in document["tables"]) > 0, f"{fixture.name}: no rows"


def check_schema(fixture):
    header = json.loads((fixture / "fixture.json").read_text(encoding="utf-8"))
    wrong = json_schema.faults(header, SCHEMA, SCHEMA)
    assert not wrong, f"{fixture.name}: {wrong}"
    assert json_schema.faults({**header, "platform": "ibm"}, SCHEMA, SCHEMA), "the schema takes anything"


def check_damage(program, fixture, folder):
    for file in sorted(fixture.glob("sync-*/call-*.json")):
        copy = pathlib.Path(folder) / "damaged"
        shutil.copytree(fixture, copy)
        broken = copy / file.relative_to(fixture)
        text = broken.read_text(encoding="utf-8")
        broken.write_text(text[:len(text) // 2], encoding="utf-8")
        done = call(program, "replay", str(copy), "-q", cwd=folder)
        assert done.returncode == 2, f"{file}: cut in half, exit {done.returncode}"
        assert f"{file.name}:" in done.stderr, f"{file}: cut in half, told as: {done.stderr}"
        shutil.rmtree(copy)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    fixtures = sorted(folder.parent for folder in RECORDED.glob("*/fixture.json"))
    assert fixtures, "there is no fixture"
    with tempfile.TemporaryDirectory(prefix="fsim-recorded-") as folder:
        for fixture in fixtures:
            check_replay(program, fixture, folder)
            check_schema(fixture)
            check_damage(program, fixture, folder)
        done = call(program, "scan", str(RECORDED), cwd=folder)
        assert done.returncode == 0, f"scan: {done.stdout}{done.stderr}"
    print(f"{len(fixtures)} fixtures")


if __name__ == "__main__":
    main()
