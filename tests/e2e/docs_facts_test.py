# SPDX-License-Identifier: Apache-2.0
"""What the documentation says beside its commands is true of the program: options, links, numbers, the list of assumptions.

`docs_facts_test.py PROGRAM --update` writes the table of assumptions in docs/differences.md anew."""
import json
import re
import sys

import program

DOCS = program.ROOT / "docs"
PAGES = [program.ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
UPDATE = "--update" in sys.argv


class FactsTest(program.ProgramTest):
    """What the pages say beside their commands."""

    def helps(self):
        """The commands of the program, and every option that one of them has."""
        names = set(re.findall(r"^  ((?:[a-z]+, )*[a-z]+) {2,}", self.run_program("--help").split("Subcommands:")[1], re.MULTILINE))
        commands = {name for listed in names for name in listed.split(", ")}
        return commands, {option for name in commands for option in re.findall(r"--[a-z][a-z0-9-]+", self.run_program(name, "--help"))}

    def test_commands_and_options_in_sentences(self):
        commands, options = self.helps()
        for script in [*(program.ROOT / "scripts").iterdir(), *(program.ROOT / "tests" / "bench").glob("*.py")]:
            if script.is_file():
                options |= set(re.findall(r"--[a-z][a-z0-9-]+", script.read_text(encoding="utf-8")))
        for page in PAGES:
            for span in re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8")):
                with self.subTest(page=page.name, span=span):
                    word = span.split()[0] if span.split() else ""
                    if word.startswith(("scripts/", "tests/", "docs/", "src/")):
                        self.assertTrue(list(program.ROOT.glob(word.rstrip("/").removesuffix("."))), "no such file")
                    if not word.startswith(("fivetran-sim", "--")):
                        continue
                    command = re.match(r"fivetran-sim ([a-z]+)", span)
                    self.assertTrue(command is None or command.group(1) in commands, "no such command")
                    unknown = {option for option in re.findall(r"(?<![\w-])--[a-z][a-z0-9-]+", span)} - options
                    self.assertFalse(unknown, "no command has it")

    def test_links(self):
        for page in PAGES:
            for target, anchor in re.findall(r"\]\(([^)#\s]*)(#[^)\s]*)?\)", page.read_text(encoding="utf-8")):
                if "://" in target:
                    continue
                file = (page.parent / target).resolve() if target else page
                self.assertTrue(file.exists(), f"{page.name}: {target}")
                headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
                anchors = ["#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
                self.assertTrue(not anchor or anchor in anchors, f"{page.name}: {target}{anchor}")

    def test_every_page_is_linked_from_the_readme(self):
        readme = PAGES[0].read_text(encoding="utf-8")
        self.assertEqual([page.name for page in PAGES[1:] if f"(docs/{page.name})" not in readme], [])

    def test_the_number_of_rules(self):
        rules = json.loads(self.run_program("rules", "--format", "json"))
        self.assertIn(f" {len(rules)} rules,", PAGES[0].read_text(encoding="utf-8"))

    def test_assumptions(self):
        page = DOCS / "differences.md"
        before = page.read_text(encoding="utf-8")
        entries = re.findall(r"(?m)^(\S+) = (\S+)(?: +\(of: (.*)\))?\n +not known: (.*)\n +taken here: (.*)$",
                             self.run_program("explain", "assumptions"))
        rows = []
        for name, default, values, unknown, taken in entries:
            others = [f"`{value}`" for value in values.split(", ") if value != default] if values else ["any text"]
            rows.append(f"| `{name}` | {unknown} | {taken} | {', '.join([f'**`{default}`**', *others])} |")
        self.assertEqual(len(rows), self.run_program("explain", "assumptions").count("not known:"))
        table = "\n".join(["", "| name | not known | taken here | values, the default in bold |", "|---|---|---|---|", *rows, "", ""])
        after = re.sub(r"(<!-- assumptions:.*?-->\n).*?(<!-- end of assumptions -->)", lambda m: m[1] + table + m[2], before, flags=re.DOTALL)
        if UPDATE:
            page.write_text(after, encoding="utf-8")
        else:
            self.assertEqual(before, after, "docs_facts_test.py PROGRAM --update writes the table anew")


if __name__ == "__main__":
    if UPDATE:
        sys.argv.remove("--update")
    program.main()
