# SPDX-License-Identifier: Apache-2.0
"""Reports are read back by other people's parsers and held to the published schemas; secrets and hostile texts are in none."""
import json
import shutil
import sys

import program
import readers

FORMATS = ("human", "json", "ndjson", "junit", "sarif", "github", "gitlab", "tap", "markdown")
HOSTILE = "x<&>\"'|`]]>\u0001\u001b[31m\u2028# SKIP\\ ::error::no %0A @all \U0001F600"
SECRET = "hunter2-very-secret"


class ReportFormatsTest(program.ProgramTest):
    def reports(self, source, *options, exit_code):
        """Runs the handler with every format at once and returns what the files hold."""
        (self.folder / "main.py").write_text("import json\nimport sys\n\n\ndef lambda_handler(event, context):\n" + source, encoding="utf-8")
        words = [word for name in FORMATS for word in ("--report", f"{name}=out.{name}")]
        self.out = self.run_program("run", "python:main.py", "--destination", "memory:", "-v", *words, *options, exit_code=exit_code,
                                    GITHUB_STEP_SUMMARY=str(self.folder / "summary.md"))
        return {name: (self.folder / f"out.{name}").read_bytes().decode("utf-8") for name in FORMATS}

    def hostile(self, *options, exit_code=0):
        answer = {"state": {"c": 1}, "insert": {HOSTILE: [{"id": 1, "v": "a"}, {"id": 1, "v": HOSTILE}]},
                  "schema": {HOSTILE: {"primary_key": ["id"]}}, "hasMore": False}
        return self.reports(f"    return json.loads({json.dumps(json.dumps(answer))})\n", *options, exit_code=exit_code)

    def junit(self, text):
        import junitparser
        (self.folder / "read.xml").write_text(text, encoding="utf-8")
        return junitparser.JUnitXml.fromfile(str(self.folder / "read.xml"))

    def test_junit(self):
        xml = self.junit(self.hostile("--fail-on", "warning", exit_code=1)["junit"])
        import junitparser
        cases = [case for suite in xml for case in suite]
        failures = [result for case in cases for result in case.result if isinstance(result, junitparser.Failure)]
        self.assertEqual(xml.failures, len(failures))
        self.assertEqual(xml.tests, len(cases))
        self.assertIn("ROW-04 warning", {failure.type for failure in failures})
        self.assertEqual(len({(case.classname, case.name) for case in cases}), len(cases))
        self.assertTrue(all("id=1" in f.text for f in failures if f.type == "ROW-04 warning"))

    def test_junit_of_a_connector_that_crashed(self):
        xml = self.junit(self.reports("    raise KeyError('no')\n", exit_code=3)["junit"])
        self.assertEqual((xml.failures, xml.errors), (1, 0))
        self.assertIn("INV-01", [r.type.split()[0] for suite in xml for case in suite for r in case.result])

    def test_sarif(self):
        import jsonschema
        schema = json.loads(readers.SARIF_SCHEMA.read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
        clean = "    return {'state': {}, 'insert': {}, 'hasMore': False}\n"
        for text in (self.hostile()["sarif"], self.hostile("--waive", "ROW-04=known", "--baseline", "b.json", exit_code=0)["sarif"],
                     self.reports(clean, exit_code=0)["sarif"], self.reports("    return 1\n", exit_code=1)["sarif"],
                     self.reports("    raise KeyError('no')\n", exit_code=3)["sarif"]):
            document = json.loads(text)
            self.assertEqual([error.message for error in validator.iter_errors(document)], [])
            for result in document["runs"][0]["results"]:
                place = result["locations"][0]["physicalLocation"]
                self.assertEqual(place, {"artifactLocation": {"uri": "main.py"}, "region": {"startLine": 5}})
        document["runs"][0]["results"][0]["level"] = "bad"
        self.assertNotEqual(list(validator.iter_errors(document)), [], "the schema can find a fault")

    def test_sarif_knows_a_finding_again(self):
        prints = []
        for value in (1, 2):
            text = self.reports(f"    return {{'state': {{}}, 'insert': {{'t': [{{'v': 0}}] * {value} + [{{'v': {value}}}]}},"
                                " 'schema': {'t': {'primary_key': ['id']}}, 'hasMore': False}\n", exit_code=1)["sarif"]
            prints.append([r["partialFingerprints"] for r in json.loads(text)["runs"][0]["results"] if r["ruleId"] == "ROW-01"])
        self.assertEqual(prints[0], prints[1])
        self.assertEqual(len(prints[0]), 1)

    def test_tap(self):
        from tap.parser import Parser
        lines = list(Parser().parse_text(self.hostile("--fail-on", "warning", exit_code=1)["tap"]))
        self.assertEqual([line for line in lines if line.category == "unknown"], [])
        tests = [line for line in lines if line.category == "test"]
        self.assertEqual([line.expected_tests for line in lines if line.category == "plan"], [len(tests)])
        failed = [line for line in tests if not line.ok and not line.todo]
        self.assertTrue(failed)
        self.assertFalse(any(line.skip for line in tests), "the table's name is no directive")
        self.assertTrue(all(line.yaml_block["rule"] for line in failed))

    def test_chaos(self):
        """The matrix is in every format, with the same signs, and other people's parsers see each page and fault."""
        import jsonschema
        import junitparser
        from tap.parser import Parser
        shutil.copytree(program.CONNECTORS / "chaos" / "offset-in-memory", self.folder, dirs_exist_ok=True)
        words = [word for name in FORMATS for word in ("--report", f"{name}=out.{name}")]
        self.run_program("chaos", "python:main.py:lambda_handler", "--faults", "lost,cold,reordered,resync", *words, exit_code=1,
                         GITHUB_STEP_SUMMARY=str(self.folder / "summary.md"))
        text = {name: (self.folder / f"out.{name}").read_text(encoding="utf-8") for name in FORMATS}
        report = json.loads(text["json"])
        cells, findings = report["chaos"][0]["cells"], report["findings"]
        self.assertEqual(len(cells), 3 * report["chaos"][0]["pages_in_sync"] + 1)
        names = {"chaos: " + (f"{c['fault']} at page {c['page']}" if c["page"] else c["fault"]): c for c in cells}
        differs = {name for name, cell in names.items() if cell["sign"] != "="}
        self.assertTrue(differs)
        self.assertTrue(set(names) - differs)

        xml = self.junit(text["junit"])
        cases = {case.name: case for suite in xml for case in suite if case.name.startswith("chaos: ")}
        self.assertEqual(set(cases), set(names))
        for name, case in cases.items():
            self.assertTrue(case.classname.endswith(".chaos." + names[name]["fault"]), case.classname)
            self.assertEqual([type(result) for result in case.result], [junitparser.Failure] if name in differs else [], name)
            self.assertTrue(all(row in case.result[0].text for row in names[name]["rows"] if case.result), name)
        self.assertEqual((xml.failures, xml.errors), (len(differs), 0))

        points = {line.description.removeprefix("- "): line for line in Parser().parse_text(text["tap"]) if line.category == "test"}
        self.assertEqual({name for name, line in points.items() if not line.ok}, differs)
        self.assertEqual({name for name in points if name.startswith("chaos: ")}, set(names))
        self.assertTrue(all(points[name].yaml_block["evidence"] == names[name]["rows"] for name in differs))

        document, schema = json.loads(text["sarif"]), json.loads(readers.SARIF_SCHEMA.read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
        self.assertEqual([error.message for error in validator.iter_errors(document)], [])
        (run,) = document["runs"]
        self.assertEqual(run["properties"]["chaos"], report["chaos"])
        told = [cell for result in run["results"] for cell in result.get("properties", {"cells": []})["cells"]]
        self.assertCountEqual(told, [names[name] for name in differs])

        counted = [f for f in findings if f["severity"] == "error"]
        self.assertEqual(len([line for line in text["github"].splitlines() if line.startswith("::error ")]), len(counted))
        issues = json.loads(text["gitlab"])
        self.assertEqual(len(issues), len(findings))
        for place in (name.removeprefix("chaos: ").split(",")[0] for name in differs):
            fault, page = place.split(" at page ")
            for whole in (text["github"], "".join(issue["description"] for issue in issues)):
                self.assertRegex(whole, rf"differ: .*\b{fault} at page [0-9, ]*\b{page}\b")
        for whole in (text["markdown"], (self.folder / "summary.md").read_text(encoding="utf-8")):
            for fault in report["chaos"][0]["faults"]:
                (row,) = (line for line in whole.splitlines() if line.startswith(f"| **{fault['name']}** "))
                signs = [sign.strip(" `") for sign in row.strip("| ").split("|")[1:]]
                self.assertEqual([s for s in signs if s], [c["sign"] for c in cells if c["fault"] == fault["name"]])
        events = [json.loads(line) for line in text["ndjson"].splitlines()]
        self.assertEqual([event["cell"] for event in events if event["event"] == "chaos.cell"], cells)
        self.assertEqual(events[-1]["chaos"], report["chaos"])

    def test_tap_tells_notes_without_failing(self):
        from tap.parser import Parser
        rows = "[{'id': i, 'order': 1} for i in range(2)]"
        text = self.reports(f"    return {{'state': {{}}, 'insert': {{'select': {rows}}}, 'schema': {{'select': {{'primary_key': ['id']}}}}, 'hasMore': False}}\n",
                            exit_code=0)["tap"]
        lines = list(Parser().parse_text(text))
        self.assertEqual([line for line in lines if line.category == "unknown"], [])
        tests = [line for line in lines if line.category == "test"]
        self.assertEqual([line.expected_tests for line in lines if line.category == "plan"], [len(tests)])
        self.assertTrue(all(line.ok and not line.todo for line in tests), text)
        notes = [line.text for line in lines if line.category == "diagnostic" and line.text.startswith("# info: ")]
        self.assertTrue(any("NAM-04" in note for note in notes), text)

    def test_gitlab(self):
        issues = json.loads(self.hostile()["gitlab"])
        for issue in issues:
            self.assertEqual(set(issue), {"description", "check_name", "fingerprint", "severity", "location"})
            self.assertEqual(issue["location"], {"path": "main.py", "lines": {"begin": 5}})
            self.assertIn(issue["severity"], {"info", "minor", "major", "critical", "blocker"})
        self.assertEqual(len({issue["fingerprint"] for issue in issues}), len(issues))

    def test_github(self):
        (self.folder / "summary.md").write_text("before\n", encoding="utf-8")
        text = self.hostile()["github"]
        self.assertTrue(all(line.startswith(("::warning file=main.py,line=5,title=", "::notice ", "::error ")) for line in text.splitlines()))
        summary = (self.folder / "summary.md").read_text(encoding="utf-8")
        self.assertTrue(summary.startswith("before\n### fivetran-sim run: "))
        with open(self.folder / "summary.md", "wb") as file:
            file.write(b"x" * ((1 << 20) - 2000))
        self.hostile()
        self.assertLess((self.folder / "summary.md").stat().st_size, 1 << 20)

    def test_annotations_stand_behind_the_human_report(self):
        (self.folder / "main.py").write_text("def lambda_handler(event, context):\n    return {'hasMore': False}\n", encoding="utf-8")
        out = self.run_program("run", "python:main.py", "--destination", "memory:", "--report", "github", exit_code=1)
        self.assertLess(out.index("RSP-"), out.index("::error file=main.py,line=1,"))

    def test_secrets_stand_in_no_format(self):
        source = (f"    print('{SECRET}', file=sys.stderr)\n"
                  f"    return {{'state': {{'t': '{SECRET}'}}, 'insert': {{'{SECRET}': [{{'k': '{SECRET}'}}, {{'k': '{SECRET}', 'b': 1}}]}},"
                  f" 'schema': {{'{SECRET}': {{'primary_key': ['k']}}}}, 'hasMore': False}}\n")
        (self.folder / "s.json").write_text(json.dumps({"apiToken": SECRET}), encoding="utf-8")
        for name, text in self.reports(source, "--secrets", "s.json", exit_code=0).items():
            self.assertNotIn(SECRET, text, name)
            self.assertIn("secret:apiToken", text.replace("\\_", "_"), name)
        self.assertNotIn(SECRET, (self.folder / "summary.md").read_text(encoding="utf-8"))

    def test_wrong_report_options(self):
        clean = ["check", "a.json"]
        (self.folder / "a.json").write_text('{"state": {}, "insert": {}, "hasMore": false}', encoding="utf-8")
        for words, code, said in ((["--report", "junitt=x"], 2, "did you mean junit?"), (["--report", "tap", "--report", "json"], 2, "--report json=PATH"),
                                  (["--report", "sarif="], 2, "no file behind ="), (["--report", "tap=no/x"], 4, "no such file"),
                                  (["--report", "tap=."], 4, "it is a folder")):
            process = self.start(*clean, *words)
            _, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, said in err), (code, True), f"{words}: {err}")
            self.assertEqual(len(err.splitlines()), 1)
        self.run_program(*clean, "--report", "tap", "--report", "github")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        readers.require()
    program.main()
