# SPDX-License-Identifier: Apache-2.0
"""Whether the formats of one run tell the same: exit code, findings and their numbers."""
import json
import re
import xml.etree.ElementTree as ElementTree


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


LEVELS = ("error", "warning", "note")  # SARIF's words
GITLAB = ("critical", "minor", "info")
KINDS = ("error", "warning", "notice")  # of GitHub's annotations
WHOLE = ("junit", "sarif", "gitlab", "tap", "markdown")  # files that hold a whole report


def tally(words, of):
    return tuple(words.count(word) for word in of)


def in_junit(text):
    """Failures by severity, findings that do not count, exit codes, and whether a reader sees it fail."""
    cases = ElementTree.fromstring(text).findall(".//testcase")
    failures = [failure.get("type").split()[1] for case in cases for failure in case.findall("failure")]
    noted = [s for case in cases for s in case.findall("skipped") if s.get("type")]
    codes = {p.get("value") for p in ElementTree.fromstring(text).iter("property") if p.get("name") == "exit_code"}
    red = any(case.find("failure") is not None or case.find("error") is not None for case in cases)
    return tally(failures, ("error", "warning", "info")), len(noted), codes, red


def in_tap(text):
    lines = text.splitlines()
    points = [line for line in lines if re.match(r"(not )?ok \d", line)]
    assert lines[0] == "TAP version 14" and lines[1].split(" ")[0] == f"1..{len(points)}", lines[:2]
    red = [p for p in points if p.startswith("not ok") and not re.search(r"(?<!\\) # TODO", p)]
    # What does not count: pardoned ones are TODO, those below --fail-on are `ok` and have diagnostics, an info is a comment.
    noted = [p for p in points if re.search(r"(?<!\\) # TODO", p)] + [line for line in lines if line.startswith("# info: ")]
    noted += [line for line, after in zip(lines, lines[1:]) if re.match(r"ok \d", line) and after == "  ---"]
    return len(red), len(noted), re.search(r"exit code (\d+)$", lines[-1])[1]


def cells_of(finding, report):
    """The finding once for each cell of its matrix that it tells of."""
    told = []
    for matrix in report.get("chaos", []):
        faults = {f["name"] for f in matrix["faults"] if f["rule"] == finding["rule"] and f["name"] in finding["places"]}
        if finding.get("check", 0) == matrix.get("check", 0):
            told += [finding for cell in matrix["cells"] if cell["fault"] in faults and cell["sign"] in "+-~∞"]
    return told


def shown_of_kind(number):
    return min(number, 10)


def whole_report_faults(exit_code, report, documents):
    """What junit, sarif, gitlab, tap, markdown and GitHub's annotations say else than the JSON report."""
    findings, found = report["findings"], []

    def same(name, told, wanted):
        if told != wanted:
            found.append(f"{name} says {told}, json {wanted}")

    open_ones = [f for f in findings if "waived" not in f]
    cells = lambda ones: sum((cells_of(f, report) or [f] for f in ones), [])  # a case each, with the finding they stand for
    order = ("info", "warning", "error", "never")
    failing = [f for f in open_ones if order.index(f["severity"]) >= order.index(report["fail_on"])]
    noted = len(cells([f for f in findings if f not in failing]))
    counts = tally([f["severity"] for f in cells(failing)], ("error", "warning", "info"))
    same("junit", in_junit(documents["junit"]), (counts, noted, {str(exit_code)}, exit_code != 0))
    red, told, code = in_tap(documents["tap"])
    same("tap", (red > 0, told, code), (exit_code != 0, noted, str(exit_code)))
    if failing:
        same("tap", red, len(cells(failing)))
    run = json.loads(documents["sarif"])["runs"][0]
    results = run["results"]
    same("sarif", tally([r["level"] for r in results if "suppressions" not in r], LEVELS), counts_of(findings))
    same("sarif", (len(results), run["invocations"][0]["exitCode"]), (len(findings), exit_code))
    same("sarif", [run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] for r in results], [f["rule"] for f in findings])
    same("gitlab", tally([i["severity"] for i in json.loads(documents["gitlab"])], GITLAB), counts_of(findings))
    for name in ("markdown", "summary"):
        items = re.findall(r"^- (error|warning|info) \*\*", documents[name], re.MULTILINE)
        same(name, tally(items, ("error", "warning", "info")), tally([f["severity"] for f in findings], ("error", "warning", "info")))
        same(name, re.search(r"exit code (\d+)", documents[name])[1], str(exit_code))
    kinds = [line.split(" ")[0][2:] for line in documents["github"].splitlines()]
    same("github", tally(kinds, KINDS)[1:], tuple(map(shown_of_kind, counts_of(findings)[1:])))
    if failing:
        same("github", tally(kinds, KINDS)[0], shown_of_kind(counts_of(findings)[0]))
    same("github", "error" in kinds or bool(failing), exit_code != 0)
    return found


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
    if [e["cell"] for e in events if e["event"] == "chaos.cell"] != [cell for matrix in report.get("chaos", []) for cell in matrix["cells"]]:
        found.append("ndjson and json have other cells")
    raised = {(e["finding"]["rule"], e["finding"]["table"]) for e in events if e["event"] == "finding"}
    if raised != {(f["rule"], f["table"]) for f in report["findings"]}:
        found.append(f"findings as they came: {sorted(raised)}")
    if counts_on_screen(screen) != counts_of(report["findings"]):
        found.append(f"the screen counts {counts_on_screen(screen)}, json {counts_of(report['findings'])}")
    return found
