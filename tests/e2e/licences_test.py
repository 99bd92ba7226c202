#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/licences.md names every dependency of the build and what is kept here of others, and nothing else.

    tests/e2e/licences_test.py
"""
import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")


def rows(heading):
    """The cells of the table whose header begins with `heading`."""
    table = PAGE[PAGE.index(f"| {heading} |"):].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


class LicencesTest(unittest.TestCase):
    def test_every_package_of_the_build(self):
        text = (ROOT / "cmake" / "Dependencies.cmake").read_text(encoding="utf-8")
        found = set(re.findall(r"find_package\((\S+)", text)) - {"Threads"}  # of the system
        self.assertEqual({row[0] for row in rows("package")}, found)
        for row in rows("package"):
            self.assertTrue(row[1] and row[2], row)

    def test_every_package_of_vcpkg(self):
        def plain(name):
            return re.sub("[^a-z0-9]", "", name.lower()).removesuffix("3")

        asked = json.loads((ROOT / "vcpkg.json").read_text(encoding="utf-8"))["dependencies"]
        names = {plain(entry if isinstance(entry, str) else entry["name"]) for entry in asked}
        self.assertEqual(names - {plain(row[0]) for row in rows("package")}, set())

    def test_what_is_kept_here_of_others(self):
        kept = {row[0] for row in rows("files")}
        for licence in ROOT.glob("*/*/LICENSE*"):
            if "build" not in licence.relative_to(ROOT).parts and "node_modules" not in licence.parts:
                self.assertIn(f"`{licence.parent.relative_to(ROOT)}`", kept)


if __name__ == "__main__":
    unittest.main()
