#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the human report to the files of tests/golden: golden_test.py PROGRAM [--update] [CASE…]

Each folder of cases/ holds responses (*.json, for scenario:), `args` (more options, a line each; may be missing)
and what the screen shows at 60, 80 and 120 columns (60.txt, 80.txt, 120.txt) and in colour (colour.txt, 80 columns).
Times are taken out. No line may be wider than the screen, but for commands to copy, which are never cut. --update writes the files anew: read the difference before committing it.
"""
import argparse
import os
import pathlib
import re
import shlex
import subprocess
import sys
import unicodedata

CASES = pathlib.Path(__file__).resolve().parent / "cases"
SCREENS = {"60": (60, "never"), "80": (80, "never"), "120": (120, "never"), "colour": (80, "always")}
ESCAPE = re.compile("\x1b\\[[0-9;]*m")
COMMAND = re.compile("see it again: |^data: |^scenario:")


def shown(program, case, width, colour):
    words = [word for line in lines_of(case / "args") for word in shlex.split(line)]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FIVETRAN_SIM") and k not in {"CI", "NO_COLOR"}}
    done = subprocess.run([program, "run", "scenario:.", "--destination", "memory:", "--keep-runs", "0", "--color", colour, "--sync-id",
                           "00000000-0000-4000-8000-000000000001", *words],
                          cwd=case, env={**kept, "COLUMNS": str(width)}, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    if done.stderr:
        raise SystemExit(f"{case.name}: {done.stderr.decode()}")
    return re.sub(r"\b\d+\.\d\ds", "0.00s", done.stdout.decode("utf-8"))


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def columns(text):
    """As a terminal counts them: combining and formatting characters none, wide ones two."""
    return sum(0 if unicodedata.category(c) in {"Mn", "Me", "Cf"} else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in ESCAPE.sub("", text))


def faults(text, width):
    found = [f"{columns(line)} columns: {line}" for line in text.splitlines()
             if columns(line) > width and not COMMAND.search(ESCAPE.sub("", line))]
    found += [f"a control character: {line!r}" for line in ESCAPE.sub("", text).splitlines()
              if any(unicodedata.category(c) == "Cc" for c in line)]
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    program, wrong = str(arguments.program.resolve()), 0
    cases = sorted(c for c in CASES.iterdir() if c.is_dir() and (not arguments.cases or c.name in arguments.cases))
    if not cases:
        raise SystemExit("no case was run")
    for case in cases:
        plain = {}
        for name, (width, colour) in SCREENS.items():
            file, text = case / f"{name}.txt", shown(program, case, width, colour)
            plain[name] = ESCAPE.sub("", text)
            found = faults(text, width)
            if name == "colour" and (plain["colour"] != plain["80"] or "\x1b[" not in text):
                found.append("with colour the text is another one, or there is no colour")
            if arguments.update:
                file.write_text(text, encoding="utf-8")
            elif text != (file.read_text(encoding="utf-8") if file.exists() else ""):
                found.append(f"not as in {file.name} (golden_test.py PROGRAM --update writes it anew):\n{text}")
            wrong += len(found)
            for fault in found:
                print(f"{case.name}, {name}: {fault}")
    print(f"{len(cases)} cases on {len(SCREENS)} screens, {wrong} faults")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
