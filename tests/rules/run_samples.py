#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the program on the clean and the defect sample of each rule: run_samples.py PROGRAM [--matrix FILE] [RULE…]

Each rule has a folder ID-slug:

  clean, defect    a folder of responses for scenario: (see `fivetran-sim run --help`), or clean.py and
                   defect.py, Python connectors with a lambda_handler
  args             extra options for both, one a line, or args.clean and args.defect; may be missing
                   ({folder} stands for the fresh folder of the run)
  command          the command to run the samples with; run where it is missing
  fivetran-sim.toml    settings of both; may be missing
  schema.json      a locked schema for both; may be missing
  fixture          a recorded fixture; then both are connectors that its requests are replayed against; may be missing
  secrets.json     the configured secrets of both, or secrets.clean.json and secrets.defect.json; may be missing
  expected         what the defect raises, one finding a line: RULE severity table pointer count, with - for
                   an empty table or pointer
  expected.strict  the same with --strict; only where it differs

The clean sample raises no error, no warning, and nothing of the rule itself. The defect raises exactly what
is expected of the rule and of the other rules that `expected` names, and no error or warning beyond. Nor may the exit code contradict the report, or one format of the report another (formats.py). --matrix
writes a table of what each sample raised.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

from formats import WHOLE, disagreements, whole_report_faults

SAMPLES = pathlib.Path(__file__).resolve().parent


def line_of(finding):
    return " ".join([finding["rule"], finding["severity"], finding["table"] or "-", finding["pointer"] or "-",
                     str(finding["count"])])


def expected_exit_code(findings):
    errors = [f for f in findings if f["severity"] == "error"]
    if any(f["rule"].startswith("INV-") or f["rule"] == "RSP-01" or f.get("crashed") for f in errors):
        return 3
    return 1 if errors else 0


def findings_of(report):
    """The findings; those of a setup test that was not answered are marked as `crashed`."""
    crashed = any("failure" in call for test in report["setup_tests"] if test["outcome"] == "failed" for call in test["calls"])
    return [{**f, "crashed": crashed and f["rule"] == "SET-01"} for f in report["findings"]]


def problems(rule, findings, exit_code, expected):
    """What is wrong with the findings of one run; `expected` is None for the clean sample."""
    found = []
    named = {rule, *(line.split()[0] for line in expected or [])}
    own = sorted(line_of(f) for f in findings if f["rule"] in named)
    if own != sorted(expected or []):
        found.append(f"expected of {', '.join(sorted(named))}: {expected or 'nothing'}, raised: {own or 'nothing'}")
    found += [f"also raised: {line_of(f)}: {f['message']}" for f in findings
              if f["rule"] not in named and f["severity"] != "info"]
    if exit_code != expected_exit_code(findings):
        found.append(f"exit code {exit_code} instead of {expected_exit_code(findings)}")
    return found


def target_of(sample):
    script = sample.with_suffix(".py")
    if script.exists():
        return f"python:{script}:lambda_handler"
    return f"scenario:{sample}" if sample.is_dir() else None


def environment():
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FIVETRAN_SIM") and k not in {"CI", "VIRTUAL_ENV"}}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}


def command_of(target, options, command, fixture):
    if fixture:
        return ["replay", str(fixture), target, *options]
    return [command, target, *(["--destination", "memory:"] if command == "run" else []), *options]


def run(program, words, settings=None):
    """Runs one sync, a replay or another command in a fresh folder; returns the findings, the exit code and what the formats disagree on."""
    with tempfile.TemporaryDirectory(prefix="fsim-rules-") as folder:
        report, events = pathlib.Path(folder) / "report.json", pathlib.Path(folder) / "events.ndjson"
        files = {name: pathlib.Path(folder) / f"report.{name}" for name in (*WHOLE, "github")}
        summary = pathlib.Path(folder) / "summary.md"
        more = [word for name, file in files.items() for word in ("--report", f"{name}={file}")]
        if settings:
            shutil.copy(settings, pathlib.Path(folder) / settings.name)
        words = [word.replace("{folder}", folder) for word in words]
        done = subprocess.run([program, *words, "--report", f"json={report}", "--report", f"ndjson={events}", "--report", "human", *more],
                              cwd=folder, env={**environment(), "GITHUB_STEP_SUMMARY": str(summary)}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=120)
        if not report.exists():
            raise RuntimeError(f"no report, exit code {done.returncode}: {done.stderr.strip()[-500:]}")
        document = json.loads(report.read_text(encoding="utf-8"))
        apart = disagreements(done.returncode, document, events.read_text(encoding="utf-8"), done.stdout)
        documents = {name: file.read_text(encoding="utf-8") for name, file in {**files, "summary": summary}.items()}
        apart += whole_report_faults(done.returncode, document, documents)
        return findings_of(document), done.returncode, apart


def secrets_of(folder, name):
    for file in (folder / f"secrets.{name}.json", folder / "secrets.json"):
        if file.exists():
            return ["--secrets", str(file)]
    return []


def lines_in(path):
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()] if path.exists() else []


def options_of(folder, name):
    lines = [*lines_in(folder / "args"), *lines_in(folder / f"args.{name}")]
    return [word for line in lines for word in shlex.split(line)]


def check_folder(program, folder, matrix):
    """All problems of one rule's samples, each with the command that shows it. Notes in `matrix` what each raised."""
    rule = "-".join(folder.name.split("-")[:2])
    fixture = folder / "fixture" if (folder / "fixture").is_dir() else None
    options = ["--schema-lock", str(folder / "schema.json")] if (folder / "schema.json").exists() else []
    expected = lines_in(folder / "expected")
    settings = folder / "fivetran-sim.toml"
    if not expected:
        return [f"{folder.name}: no expected findings"]
    command = "".join(lines_in(folder / "command")) or "run"
    runs = [("clean", options, None), ("defect", options, expected)]
    if lines_in(folder / "expected.strict"):
        strict = [*options, "--strict"]
        runs += [("clean", strict, None), ("defect", strict, lines_in(folder / "expected.strict"))]
    found = []
    for name, words, wanted in runs:
        target = target_of(folder / name)
        if target is None:
            found.append(f"{folder.name}: no {name} sample")
            continue
        words = [*options_of(folder, name), *words, *secrets_of(folder, name)]
        try:
            findings, code, apart = run(program, command_of(target, words, command, fixture), settings if settings.exists() else None)
            sample = name + (" --strict" if "--strict" in words else "")
            matrix[folder.name, sample] = (code, sorted({(f["rule"], f["severity"]) for f in findings}))
            wrong = problems(rule, findings, code, wanted) + apart
        except (RuntimeError, subprocess.TimeoutExpired, ValueError) as error:
            wrong = [str(error)]
        if wrong:
            shown = shlex.join([program, *command_of(target, words, command, fixture)])
            found.append("\n  ".join([f"{folder.name}/{name}: {shown}", *wrong]))
    return found


def matrix_text(matrix):
    """What each sample raised, as a Markdown table; the rule's own findings first, in bold."""
    lines = ["| rule | sample | exit | raised |", "|---|---|---|---|"]
    for (folder, sample), (code, raised) in sorted(matrix.items()):
        own = "-".join(folder.split("-")[:2])
        cells = sorted(raised, key=lambda one: (one[0] != own, one))
        text = ", ".join(f"**{rule}** {severity}" if rule == own else f"{rule} {severity}" for rule, severity in cells)
        lines.append(f"| {folder} | {sample} | {code} | {text or '-'} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--matrix", type=pathlib.Path)
    arguments = parser.parse_args()
    program, wanted, matrix = str(arguments.program.resolve()), arguments.rules, {}
    listed = subprocess.run([program, "rules", "--format", "json"], capture_output=True, text=True, check=True, env=environment())
    rules = {f"{rule['id']}-{rule['slug']}" for rule in json.loads(listed.stdout)}
    folders = {folder.name for folder in SAMPLES.iterdir() if folder.is_dir() and not folder.name.startswith("__")}
    found = [f"{name}: a rule without a sample" for name in sorted(rules - folders)]
    found += [f"{name}: a sample without a rule" for name in sorted(folders - rules)]
    chosen = [name for name in sorted(rules & folders) if not wanted or any(name.startswith(w) for w in wanted)]
    if not chosen:
        raise SystemExit("no sample was run")
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for result in pool.map(lambda name: check_folder(program, SAMPLES / name, matrix), chosen):
            found += result
    if arguments.matrix:
        arguments.matrix.write_text(matrix_text(matrix), encoding="utf-8")
    print("\n".join(found))
    print(f"{len(chosen)} rules, {len(found)} problems")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
