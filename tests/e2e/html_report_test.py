#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`--report html` in a real headless Chromium: nothing goes wrong in the console, every finding can be reached, search and filters
work, 10,000 calls open fast, and hostile texts stay texts.

    tests/e2e/html_report_test.py PROGRAM        FSIM_SCREENSHOTS=DIR keeps pictures: phone and desktop, light and dark, and a PDF
"""
import json
import os
import pathlib
import shutil
import sys
import time

import program

sys.path.insert(0, str(program.ROOT / "tests" / "support"))
import browser  # noqa: E402

PAGES = """
import os
def lambda_handler(event, context):
    n = int(event["state"].get("page", 0)) + 1
    rows = [{"id": n * 10 + i, "name": f"order {n}", "site": "eu" if i % 2 else "us"} for i in range(2 + n % 7)]
    if n == 3:
        rows.append({"id": n * 10, "name": "again", "site": "eu"})
    insert = {"orders": rows, "log": [{"text": "x" * (n % 900)}]}
    return {"state": {"page": n, "token": event["secrets"].get("token", "")}, "insert": insert,
            "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": n < int(os.environ["PAGES"])}
"""

# Each text would leave its place if it were put into the page as it is.
HOSTILE = r"""
BREAK = '"\'><script>window.hurt=1</script><img src=x onerror="window.hurt=2"></code></pre></details></script><!--'
BIDI = "\u202eevil\u2066 \u2028\u2029 \x1b[31mred\x07 \u0000 {{7*7}} ${7} </style> &lt;b&gt; `"
def lambda_handler(event, context):
    print("log", BREAK, BIDI)
    n = event["state"].get("n", 0) + 1
    if n == 3:
        raise ValueError(BREAK + BIDI)
    row = {"id": 1, "a" + BREAK: BREAK, "b" + BIDI: BIDI}
    return {"state": {"n": n, BREAK: BIDI + BREAK * n}, "hasMore": True, "schema": {"t" + BREAK: {"primary_key": ["id"]}},
            "insert": {"t" + BREAK: [row, {**row, "b" + BIDI: BREAK + "2"}], "u" + BIDI: [{"x" + BREAK: BIDI}]}, BREAK: BREAK}
"""

VISIBLE_FINDINGS = "return [...document.querySelectorAll('.finding')].filter(f => f.offsetParent !== null).map(f => f.dataset.rule)"


class HtmlReport(program.ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        super().setUp()
        self.browser.look(1200, 900)

    def report_of(self, source, *options, exit_code=0, **more):
        (self.folder / "main.py").write_text(source, encoding="utf-8")
        report = self.run_report("run", "python:main.py:lambda_handler", "--destination", "memory:", "--report", "html=r.html", *options,
                                 exit_code=exit_code, **more)
        self.assertFalse([name for name in os.listdir(self.folder) if name.startswith(("r.html.", ".r.html"))], "a half-written file is left")
        return report

    def open(self, name="r.html"):
        self.browser.visit((self.folder / name).as_uri())

    def assert_console_is_silent(self):
        self.assertEqual(self.browser.log(), [])

    def test_all_findings_are_there_and_can_be_filtered(self):
        report = self.report_of(PAGES, "--secret", "token=s3cr3t-value-77", "--env", "PAGES=12", "--waive", "SCH-01=append-only log")
        self.assertGreaterEqual(len(report["findings"]), 3)
        text = (self.folder / "r.html").read_text(encoding="utf-8")
        self.assertNotIn("s3cr3t-value-77", text)
        self.assertIn("&lt;secret:token&gt;", text)
        self.open()
        title = self.browser.run("return document.querySelector('h1').textContent")
        self.assertRegex(title, r"^Run succeeded: .*1 waived")
        shown = self.browser.run(VISIBLE_FINDINGS)
        self.assertCountEqual(shown, [finding["rule"] for finding in report["findings"]])
        for finding in report["findings"]:
            self.assertIn(finding["message"].replace("`", ""), self.browser.run("return document.body.textContent"))
        columns = self.browser.run("return [...document.querySelectorAll('.collision tr.differs th')].map(e => e.textContent)")
        self.assertEqual(columns, ["≠ name", "≠ site"])
        self.check_filters(report)
        self.check_links()
        self.check_copying()
        self.check_samples(report)
        self.assert_console_is_silent()
        self.keep_pictures("findings")

    def assert_soon(self, script, wanted=True):
        """What follows a click or a change of the address comes a moment later."""
        deadline = time.monotonic() + 20
        while (got := self.browser.run(script)) != wanted and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertEqual(got, wanted, script)

    def assert_nothing_is_wider_than(self, width):
        """But for what scrolls by itself."""
        wide = self.browser.run("""
            return [...document.querySelectorAll('body *')]
                .filter(e => !e.parentElement.closest('.scroll, svg') && e.getBoundingClientRect().right > arguments[0])
                .map(e => e.outerHTML.slice(0, 120))""", width)
        self.assertEqual(wide, [])
        self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), width)

    def check_filters(self, report):
        self.browser.type("[name=search]", "TWO ROWS with")
        self.assertEqual(self.browser.run(VISIBLE_FINDINGS), ["ROW-04"])
        self.assertIn(f"1 of {len(report['findings'])} shown", self.browser.run("return document.getElementById('shown').value"))
        self.show_all(report)
        for name, key in (("severity", "severity"), ("rule", "rule"), ("table", "table")):
            offered = self.browser.run("return [...document.querySelector(`[name=${arguments[0]}]`).options].map(o => o.value).slice(1)", name)
            self.assertCountEqual(offered, {"=" + finding[key] for finding in report["findings"]})
            for value in offered:
                self.browser.run("const s = document.querySelector(`[name=${arguments[0]}]`); s.value = arguments[1];"
                                 "s.dispatchEvent(new Event('input', {bubbles: true}))", name, value)
                self.assertCountEqual(self.browser.run(VISIBLE_FINDINGS), [f["rule"] for f in report["findings"] if "=" + f[key] == value])
            self.show_all(report)

    def show_all(self, report):
        self.browser.click("#filters [type=reset]")
        self.assert_soon(f"return ({VISIBLE_FINDINGS.replace('return ', '', 1)}).length", len(report["findings"]))

    def check_links(self):
        """From the finding to its call and back, also into what is folded up or filtered out."""
        dead = self.browser.run("return [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))"
                                ".filter(h => !h.startsWith('#') || !document.getElementById(h.slice(1)))")
        self.assertEqual(dead, [])
        self.browser.run("for (const d of document.querySelectorAll('details')) d.open = false")
        self.browser.type("[name=search]", "nothing has this text")
        self.assertEqual(self.browser.run(VISIBLE_FINDINGS), [])
        self.browser.run("location.hash = document.querySelector('[data-rule=ROW-04]').id")
        self.assert_soon("const it = document.querySelector('[data-rule=ROW-04]'); return it.offsetParent !== null && it.firstElementChild.open")
        self.browser.click("[data-rule=ROW-04] a")
        self.assert_soon("const row = document.querySelector('tr:target'); return row?.offsetParent != null && row.id.endsWith('c3')")
        self.assertEqual(self.browser.run("return document.querySelectorAll('.command').length"),
                         self.browser.run("return document.querySelectorAll('.command button').length"))

    def check_copying(self):
        self.browser.click("[data-rule=ROW-04] .command button")
        self.assert_soon("return document.querySelector('[data-rule=ROW-04] .command button').textContent", "Copied")

    def check_samples(self, report):
        orders = next(table for table in report["tables"] if table["name"] == "orders")
        text = self.browser.run("return [...document.querySelectorAll('#tables article')].find(a => a.querySelector('h3').textContent === 'orders').textContent")
        self.assertIn(f"3 rows of {orders['rows']}", text)
        self.assertIn("order 1", text)

    def test_without_javascript_outcome_and_findings_are_there(self):
        report = self.report_of(PAGES, "--env", "PAGES=4")
        self.browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
        self.addCleanup(self.browser.devtools, "Emulation.setScriptExecutionDisabled", value=False)
        self.open()
        nodes = self.browser.devtools("DOMSnapshot.captureSnapshot", computedStyles=[])
        laid_out = "".join(nodes["strings"][i] for i in nodes["documents"][0]["layout"]["text"] if i >= 0)
        self.assertIn("Run succeeded", laid_out)
        for finding in report["findings"]:
            self.assertIn(finding["rule"], laid_out)
        self.assertIn("wins", laid_out)
        self.assertNotIn("Copy", laid_out)
        self.assertNotIn("Show all", laid_out)

    def test_hostile_texts_stay_texts(self):
        report = self.report_of(HOSTILE, exit_code=3)
        self.assertGreater(len(report["findings"]), 3)
        self.open()
        self.assertIsNone(self.browser.run("return window.hurt ?? null"))
        self.assertEqual(self.browser.run("return document.images.length + document.querySelectorAll('iframe, object, embed, base, link').length"), 0)
        self.assertEqual(self.browser.run("return document.scripts.length"), 1)
        self.assertEqual(self.browser.run("return document.querySelectorAll('footer').length"), 1)
        attributes = self.browser.run("return [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on') || n === 'style')")
        self.assertEqual(attributes, [])
        text = self.browser.run("return document.body.textContent")
        self.assertIn("<script>window.hurt=1</script>", text)
        for forbidden in ("\u202e", "\u2066", "\x1b", "\x07", "\x00"):
            self.assertNotIn(forbidden, text)
        self.assertIn("<U+202E>evil", text)
        self.assertIn("<U+001B>[31mred", text)
        self.assertCountEqual(self.browser.run(VISIBLE_FINDINGS), [finding["rule"] for finding in report["findings"]])
        table = next(f["table"] for f in report["findings"] if f["rule"] == "ROW-04")
        self.browser.run("document.querySelector('[name=table]').value = arguments[0];"
                         "document.getElementById('filters').dispatchEvent(new Event('input'))", "=" + table)
        self.assertIn("ROW-04", self.browser.run(VISIBLE_FINDINGS))
        self.browser.look(360, 740, phone=True)
        self.open()
        self.assert_nothing_is_wider_than(360)
        self.assert_console_is_silent()
        self.keep_pictures("hostile")

    def section(self, name):
        """The text of a section, which the navigation must lead to."""
        self.assertEqual(self.browser.run("return document.querySelectorAll(`nav a[href='#${arguments[0]}']`).length", name), 1)
        return self.browser.run("return document.getElementById(arguments[0]).innerText", name)

    def assert_fit_for_a_phone(self):
        self.browser.look(360, 740, phone=True)
        self.open()
        self.assert_nothing_is_wider_than(360)
        dead = self.browser.run("return [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))"
                                ".filter(h => !h.startsWith('#') || !document.getElementById(h.slice(1)))")
        self.assertEqual(dead, [])
        self.browser.look(1200, 900)
        self.open()
        self.assert_console_is_silent()

    def test_chaos_and_the_same_state_again(self):
        shutil.copytree(program.CONNECTORS / "chaos" / "offset-in-memory", self.folder, dirs_exist_ok=True)
        report = self.run_report("chaos", "python:main.py:lambda_handler", "--checks", "matrix,determinism,probes", "--faults", "lost,cold,resync",
                                 "--report", "html=r.html", exit_code=1)
        self.open()
        signs = self.browser.run("return [...document.querySelectorAll('table.chaos .label')].map(e => e.textContent)")
        order = {fault["name"]: i for i, fault in enumerate(report["chaos"][0]["faults"])}
        cells = sorted(report["chaos"][0]["cells"], key=lambda cell: (order[cell["fault"]], cell["page"]))
        self.assertEqual(signs, [cell["sign"] for cell in cells])
        self.browser.run("for (const d of document.querySelectorAll('#chaos details')) d.open = true")
        text = self.section("chaos")
        for cell in cells:
            for row in cell["rows"]:
                self.assertIn(row, text)
        text = self.section("determinism")
        for difference in report["determinism"]["differences"]:
            self.assertIn(difference["pointer"], text)
        self.assertIn("ignore-field = " + json.dumps(report["determinism"]["ignore"], separators=(",", ":")), text)
        for probe in report["probes"]:
            self.assertIn(f"{probe['name']}: {probe['result']}", text)
        self.assert_fit_for_a_phone()
        self.keep_pictures("chaos")

    def test_the_checks_of_a_suite(self):
        (self.folder / "main.py").write_text(PAGES, encoding="utf-8")
        report = self.run_report("test", "python:main.py:lambda_handler", "--env", "PAGES=3", "--fail-on", "warning", "--report", "html=r.html",
                                 exit_code=1)
        self.open()
        rows = self.browser.run("return [...document.querySelectorAll('table.checks tbody tr')].map(r => [r.cells[0].innerText, r.cells[1].innerText])")
        self.assertEqual([row[0] for row in rows], [check["outcome"] for check in report["checks"]])
        for (_, shown), check in zip(rows, report["checks"]):
            self.assertTrue(shown.startswith(check["name"]), shown)
            self.assertIn(check["detail"], shown)
        links = self.browser.run("return [...document.querySelectorAll('table.checks tbody tr')]"
                                 ".flatMap((r, i) => [...r.querySelectorAll('a')].map(a => `${i + 1} ${a.textContent}`))")
        self.assertCountEqual(links, [f"{finding['check']} {finding['rule']}" for finding in report["findings"] if finding.get("check")])
        self.assertIn("failed", self.section("checks"))
        self.browser.click("table.checks tbody a")
        self.assert_soon("return document.querySelector('.finding:target')?.firstElementChild.open ?? false")
        self.assert_fit_for_a_phone()
        self.keep_pictures("checks")

    def test_a_forecast(self):
        (self.folder / "main.py").write_text(PAGES, encoding="utf-8")
        report = self.run_report("forecast", "python:main.py:lambda_handler", "--env", "PAGES=99", "--max-calls", "8", "--until", "99",
                                 "--report", "html=r.html")
        told = report["forecast"]
        self.open()
        rows = self.browser.run("return [...document.querySelectorAll('table.forecast tbody tr')].map(r => [...r.cells].map(c => c.innerText))")
        self.assertEqual([row[0] for row in rows], ["calls", "time", "syncs of six hours"])
        self.assertEqual(rows[0][1:], [str(round(told["calls_left"][end])) for end in ("low", "likely", "high")])
        meters = self.browser.run("return [...document.querySelectorAll('#forecast meter')].map(m => m.value)")
        self.assertEqual(len(meters), 2)
        self.assertAlmostEqual(meters[0], told["largest_response"] / told["response_limit"], delta=0.0001)
        text = self.section("forecast")
        for what in told["cannot_tell"]:
            self.assertIn("cannot tell " + what.replace("`", ""), text)
        self.assertIn("/page", text)
        self.assert_fit_for_a_phone()
        self.keep_pictures("forecast")

    def test_the_policy_of_the_page_lets_nothing_else_run(self):
        self.report_of(PAGES, "--env", "PAGES=1")
        page = (self.folder / "r.html").read_text(encoding="utf-8")
        (self.folder / "more.html").write_text(page.replace("<footer>", "<script>window.hurt=1</script><img src=x onerror='window.hurt=2'><footer>"), encoding="utf-8")
        self.open("more.html")
        self.assertIsNone(self.browser.run("return window.hurt ?? null"))
        self.assertTrue(all("Content Security Policy" in line for line in self.browser.log()))

    def test_ten_thousand_calls_open_fast(self):
        report = self.report_of(PAGES, "--env", "PAGES=10000", "--quiet", timeout=300)
        self.assertEqual(report["syncs"][0]["calls"][-1]["call"], 10000)
        times = []
        for _ in range(3):
            self.open()
            times.append(self.browser.run("""
                const [navigation] = performance.getEntriesByType('navigation');
                document.body.getBoundingClientRect();
                return {loaded: navigation.loadEventEnd / 1000,
                        painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime / 1000}"""))
        size = (self.folder / "r.html").stat().st_size
        best = min(entry["loaded"] for entry in times)
        print(f"10,000 calls, {size / 1e6:.1f} MB: loaded after {best:.2f} s; each time {times}", file=sys.stderr)
        self.assertLess(best, 5)
        self.assertEqual(self.browser.run("return document.querySelectorAll('table.calls tbody tr').length"), 10000)
        self.browser.type(".goto input", "7777")
        self.browser.click(".goto button")
        self.assert_soon("const row = document.getElementById('s1c7777'), at = row.getBoundingClientRect();"
                         "return row.closest('details').open && at.top >= 0 && at.bottom <= innerHeight")
        self.assert_console_is_silent()
        self.keep_pictures("many")

    def test_phone_and_paper(self):
        self.report_of(PAGES, "--env", "PAGES=12")
        self.browser.look(360, 740, phone=True)
        self.open()
        self.assert_nothing_is_wider_than(360)
        self.browser.pdf(self.folder / "r.pdf")
        self.assertTrue((self.folder / "r.pdf").read_bytes().startswith(b"%PDF"))
        self.assert_console_is_silent()

    def test_a_report_that_cannot_be_written_leaves_the_old_one(self):
        self.report_of(PAGES, "--env", "PAGES=1")
        before = (self.folder / "r.html").read_bytes()
        self.run_program("run", "main.py", "--destination", "memory:", "--env", "PAGES=1", "--report", "html=no/such/folder/r.html", exit_code=4)
        self.assertEqual((self.folder / "r.html").read_bytes(), before)

    def keep_pictures(self, name):
        if not os.environ.get("FSIM_SCREENSHOTS"):
            return
        folder = pathlib.Path(os.environ["FSIM_SCREENSHOTS"])
        for label, width, phone in (("phone", 390, True), ("desktop", 1280, False)):
            for dark in (False, True):
                self.browser.look(width, 900, dark=dark, phone=phone)
                height = min(self.browser.run("return document.documentElement.scrollHeight"), 4000)
                self.browser.look(width, height, dark=dark, phone=phone)
                self.browser.run("scrollTo(0, 0)")
                self.browser.screenshot(folder / f"{name}-{label}-{'dark' if dark else 'light'}.png")
        self.browser.pdf(folder / f"{name}.pdf")


if __name__ == "__main__":
    browser.leave_without()
    program.main()
