# SPDX-License-Identifier: Apache-2.0
"""Each connector of fixtures/connectors/defects raises the findings that its `expected` file lists, and no others."""
import shlex
import shutil

import program

DEFECTS = program.CONNECTORS / "defects"


def expectation(folder):
    """Target, options, exit code and the (severity, rule) pairs of an `expected` file."""
    target, options, code, findings = None, [], 0, set()
    for line in (folder / "expected").read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if word == "target":
            target = rest
        elif word == "options":
            options = shlex.split(rest)
        elif word == "exit":
            code = int(rest)
        elif line and not line.startswith("#"):
            findings.add((word, rest))
    return target, options, code, findings


class DefectsTest(program.ProgramTest):
    def check(self, folder):
        target, options, code, expected = expectation(folder)
        shutil.copytree(folder, self.folder, dirs_exist_ok=True)
        report = self.run_report("run", target, *options, "--destination", "sqlite:w.sqlite", exit_code=code)
        found = {(finding["severity"], finding["rule"]) for finding in report["findings"]}
        self.assertEqual(found, expected, "\n".join(f'{f["rule"]}: {f["message"]}' for f in report["findings"]))
        self.assertEqual(report["exit_code"], code)
        for finding in report["findings"]:
            self.assertTrue(finding["message"] and finding["fix"], finding)


def add_test(folder):
    name = "test_" + folder.name.replace("-", "_")
    setattr(DefectsTest, name, lambda self: self.check(folder))


for found in sorted(path.parent for path in DEFECTS.glob("*/expected")):
    add_test(found)

if __name__ == "__main__":
    program.main()
