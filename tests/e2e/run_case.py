#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the cases of .case files against the real program; the format is described in tests/README.md.

    tests/e2e/run_case.py PROGRAM FILE.case… [--only TEXT]

Each case runs in a fresh folder, which stays behind when the case fails. Exits 0 when all passed, 1 when
one failed, 125 when all were skipped because something that REQUIRES names is not installed. With
FSIM_NO_SKIP=1 a missing requirement is a failure.
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import string
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORDS = {"NAME", "REQUIRES", "FILE", "SETUP", "TIMEOUT", "RUN", "EXIT", "EXPECT", "EXPECT_ERR", "EXPECT_NOT", "EXPECT_MATCH",
         "EXPECT_LINES", "EXPECT_ERR_LINES", "EXPECT_JSON", "EXPECT_SQL", "EXPECT_FILE"}

# Where things lie, as variables for the commands of a case.
PLACES = {"CONNECTORS": str(ROOT / "fixtures" / "connectors"), "SAMPLES": str(HERE / "connectors"),
          "CLIENTS": str(ROOT / "build" / "clients")}


class Failure(Exception):
    pass


def parse(path):
    """The cases of a file: each a list of (line number, word, text)."""
    cases, block = [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if block is not None and (line.startswith("  ") or not line.strip()):
            block.append(line[2:])
            continue
        block = None
        if not line.strip() or line.startswith("#"):
            continue
        word, _, text = line.partition(" ")
        if word not in WORDS:
            raise SystemExit(f"{path}:{number}: no such word: {word}")
        if word == "NAME":
            cases.append([])
        if not cases:
            raise SystemExit(f"{path}:{number}: {word} before the first NAME")
        if word in {"FILE", "RUN", "SETUP"}:
            block = [text]
            cases[-1].append((number, word, block))
        else:
            cases[-1].append((number, word, text))
    return cases


def environment(program, folder):
    """A quiet, equal environment for every case."""
    keep = {k: v for k, v in os.environ.items()
            if not k.startswith(("FIVETRAN_SIM", "AWS_", "GIT_")) and k not in {"CI", "NO_COLOR", "GITHUB_ACTIONS", "VIRTUAL_ENV"}}
    keep.update(PATH=f"{program.parent}:{keep['PATH']}", PYTHONDONTWRITEBYTECODE="1", TERM="xterm", LC_ALL="C.UTF-8", TZ="UTC",
                TMPDIR=str(folder / "tmp"), **PLACES)
    return keep


def shell(command, folder, env, timeout):
    """Exit code, stdout and stderr of a bash command; its whole process group ends with it."""
    process = subprocess.Popen(["bash", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, start_new_session=True)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        raise Failure(f"did not end within {timeout} s\nstdout: {out.decode()[-2000:]}\nstderr: {err.decode()[-2000:]}") from None
    return process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")


def at(value, path):
    """The part of a JSON value at a path such as `syncs.0.calls.#` (a count) or `findings.*.rule` (a list)."""
    for i, step in enumerate(parts := path.split(".")):
        if step == "#":
            return len(value)
        if step == "*":
            return [at(element, ".".join(parts[i + 1:])) if parts[i + 1:] else element for element in value]
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def check_json(folder, out, text):
    name, path, wanted = text.split(None, 2)
    document = json.loads(out if name == "-" else (folder / name).read_text(encoding="utf-8"))
    try:
        found = at(document, path)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise Failure(f"{name} has no {path} ({error!r}): {json.dumps(document)[:2000]}") from None
    if found != json.loads(wanted):
        raise Failure(f"{name}: {path} is {json.dumps(found)}, not {wanted}")


def check_sql(folder, text):
    left, wanted = text.rsplit(" = ", 1)
    name, query = left.split(None, 1)
    try:
        with contextlib.closing(sqlite3.connect(f"file:{folder / name}?mode=ro", uri=True)) as connection:
            rows = [list(row) for row in connection.execute(query)]
    except sqlite3.Error as error:
        raise Failure(f"{name}: {query}: {error}") from None
    found = rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows
    if found != json.loads(wanted):
        raise Failure(f"{name}: {query}: {json.dumps(found)}, not {wanted}")


def check_reports(folder, before, code):
    """Every report that a step wrote carries the exit code of its run."""
    for path in folder.glob("*.json"):
        if path.stat().st_mtime_ns == before.get(path):
            continue
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        if isinstance(document, dict) and str(document.get("schema", "")).startswith("fivetran-sim/report/"):
            if document["exit_code"] != code:
                raise Failure(f"{path.name} says exit_code {document['exit_code']}, but the program exited with {code}")


def check(word, text, folder, result):
    code, out, err = result
    if word == "EXPECT" and text not in out:
        raise Failure(f"stdout lacks: {text}")
    if word == "EXPECT_ERR" and text not in err:
        raise Failure(f"stderr lacks: {text}")
    if word == "EXPECT_NOT" and text in out + err:
        raise Failure(f"the output holds: {text}")
    if word == "EXPECT_MATCH" and not re.search(text, out, re.MULTILINE):
        raise Failure(f"stdout does not match: {text}")
    if word == "EXPECT_LINES" and len(out.splitlines()) != int(text):
        raise Failure(f"stdout has {len(out.splitlines())} lines, not {text}")
    if word == "EXPECT_ERR_LINES" and len(err.splitlines()) != int(text):
        raise Failure(f"stderr has {len(err.splitlines())} lines, not {text}")
    if word == "EXPECT_JSON":
        check_json(folder, out, text)
    if word == "EXPECT_SQL":
        check_sql(folder, text)
    if word == "EXPECT_FILE" and not list(folder.glob(text)):
        raise Failure(f"no file {text}")


def missing_requirement(case):
    for _, word, text in case:
        if word == "REQUIRES":
            for program in string.Template(text).substitute(PLACES).split():
                path = pathlib.Path(program)
                if not (path.exists() if path.is_absolute() else shutil.which(program)):
                    return program
    return None


def run_steps(case, folder, env):
    """Runs the case's lines in order; a check looks at the RUN above it. EXIT defaults to 0."""
    timeout, result, wanted = 120, None, 0
    for i, (number, word, text) in enumerate(case):
        try:
            if word == "FILE":
                name, *lines = text
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")
            elif word == "TIMEOUT":
                timeout = float(text)
            elif word == "SETUP":
                code, out, err = shell("\n".join(text), folder, env, timeout)
                if code != 0:
                    raise Failure(f"the set-up failed with {code}: {out}{err}")
            elif word == "RUN":
                wanted = next((int(t) for _, w, t in case[i + 1:next_run(case, i)] if w == "EXIT"), 0)
                before = {path: path.stat().st_mtime_ns for path in folder.glob("*.json")}
                result = shell("\n".join(text), folder, env, timeout)
                if result[0] != wanted:
                    raise Failure(f"exit code {result[0]}, not {wanted}")
                check_reports(folder, before, result[0])
            elif word.startswith("EXPECT"):
                check(word, text, folder, result)
        except Failure as failure:
            shown = "" if result is None else f"\n--- stdout\n{result[1][-4000:]}\n--- stderr\n{result[2][-4000:]}"
            raise Failure(f"line {number}: {word}: {failure}{shown}") from None


def next_run(case, i):
    return next((j for j in range(i + 1, len(case)) if case[j][1] == "RUN"), len(case))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--only", default="", help="only cases whose name holds this text")
    arguments = parser.parse_args()
    passed = failed = skipped = 0
    for path in arguments.files:
        for case in parse(path):
            name = next(text for _, word, text in case if word == "NAME")
            if arguments.only not in name:
                continue
            lacking = missing_requirement(case)
            if lacking and os.environ.get("FSIM_NO_SKIP") != "1":
                print(f"skipped: {name} ({lacking} is not installed)")
                skipped += 1
                continue
            folder = pathlib.Path(tempfile.mkdtemp(prefix="fsim-case-")).resolve()
            (folder / "tmp").mkdir()
            try:
                if lacking:
                    raise Failure(f"{lacking} is not installed")
                run_steps(case, folder, environment(arguments.program.resolve(), folder))
            except Failure as failure:
                failed += 1
                print(f"FAILED: {path.name}: {name}\n{failure}\nkept: {folder}")
                continue
            shutil.rmtree(folder, ignore_errors=True)
            passed += 1
            print(f"ok: {name}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 125 if skipped and not passed else 0


if __name__ == "__main__":
    sys.exit(main())
