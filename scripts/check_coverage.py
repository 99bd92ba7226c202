#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the line coverage of each folder of src/ and holds four of them to more than 90 %.

    scripts/check_coverage.py SUMMARY.json [-v]

SUMMARY.json is what `gcovr --json-summary` wrote. Exits 1 when src/protocol, src/rules, src/engine or src/destinations is
at 90 % or below, or is not in the summary at all. -v names each file of these four that is at 90 % or below.
"""
import argparse
import collections
import json
import pathlib
import sys

HELD = ("protocol", "rules", "engine", "destinations")
FLOOR = 90.0


def percent(lines):
    covered, total = lines
    return 100.0 * covered / total if total else 100.0


def folder_of(file):
    """The folder below src/ that a source belongs to; itself where it lies in none."""
    return pathlib.PurePosixPath(file).parts[1]


def by_folder(files):
    folders = collections.defaultdict(lambda: [0, 0])
    for file in files:
        if file["filename"].startswith("src/"):
            counts = folders[folder_of(file["filename"])]
            counts[0] += file["line_covered"]
            counts[1] += file["line_total"]
    return folders


def table(folders):
    yield f"{'folder':<16} {'lines':>7} {'covered':>8}"
    for folder in sorted(folders, key=lambda name: (name not in HELD, name)):
        mark = f"  more than {FLOOR:g} % wanted" if folder in HELD else ""
        yield f"src/{folder:<12} {folders[folder][1]:>7} {percent(folders[folder]):>6.1f} %{mark}"


def faults(folders):
    for folder in HELD:
        if folder not in folders:
            yield f"src/{folder}: no line was measured"
        elif percent(folders[folder]) <= FLOOR:
            covered, total = folders[folder]
            yield f"src/{folder}: {covered} of {total} lines are covered, which is not more than {FLOOR:g} %"


def poorly_covered(files):
    for file in sorted(files, key=lambda file: file["line_covered"] - file["line_total"]):
        lines = file["line_covered"], file["line_total"]
        if file["filename"].startswith("src/") and folder_of(file["filename"]) in HELD and percent(lines) <= FLOOR:
            yield f"{file['filename']}: {lines[0]} of {lines[1]} lines"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("summary", type=pathlib.Path)
    parser.add_argument("-v", action="store_true", dest="verbose")
    options = parser.parse_args()
    files = json.loads(options.summary.read_text(encoding="utf-8"))["files"]
    folders = by_folder(files)
    print(*table(folders), sep="\n")
    if options.verbose:
        print(*poorly_covered(files), sep="\n")
    found = list(faults(folders))
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
