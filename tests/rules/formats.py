# SPDX-License-Identifier: Apache-2.0
"""Whether the formats of one run tell the same: exit code, findings and their numbers."""
import json
import re


def counts_of(findings):
    """How many errors, warnings and notes count: what was waived does not."""
    open_ones = [f["severity"] for f in findings if "waived" not in f]
    return tuple(open_ones.count(severity) for severity in ("error", "warning", "info"))


def counts_on_screen(text):
    """The numbers of the human report's closing line, "1 error, 2 warnings, 3 notes"; None where there is no such line."""
    lines = [line for line in text.splitlines() if re.match(r"(no findings|\d+ (error|warning|note)s?\b)", line)]
    if len(lines) != 1:
        return None
    number = lambda word: int((re.search(rf"(\d+) {word}", lines[0]) or [0, 0])[1])
    return number("error"), number("warning"), number("note")


def disagreements(exit_code, report, events_text, screen):
    """All in which the JSON report, the ndjson events, the screen and the exit code contradict each other."""
    found = []
    events = [json.loads(line) for line in events_text.splitlines()]
    ends = [event for event in events if event["event"] == "run.end"]
    if report["exit_code"] != exit_code:
        found.append(f"json says exit code {report['exit_code']}, the program ended with {exit_code}")
    if len(ends) != 1 or ends[0]["exit_code"] != exit_code or ends[0]["outcome"] != report["outcome"]:
        found.append(f"ndjson ends with {ends}, the program with {exit_code} and json with {report['outcome']}")
    elif ends[0]["findings"] != report["findings"]:
        found.append("ndjson and json have other findings")
    raised = {(e["finding"]["rule"], e["finding"]["table"]) for e in events if e["event"] == "finding"}
    if raised != {(f["rule"], f["table"]) for f in report["findings"]}:
        found.append(f"findings as they came: {sorted(raised)}")
    if counts_on_screen(screen) != counts_of(report["findings"]):
        found.append(f"the screen counts {counts_on_screen(screen)}, json {counts_of(report['findings'])}")
    return found
