# SPDX-License-Identifier: Apache-2.0
"""Names and types beside those of Fivetran's own Connector SDK: oracle_test.py PROGRAM

The SDK (scripts/install-oracle) and the program get the same names and values. They agree but for the
differences of docs/differences.md, each of which has to show: one that is gone has to be struck out there.
"""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = ROOT / "build" / "oracle" / "bin" / "python"
PROGRAM = ""

# Contract §4.6.
VECTORS = ["address1", "userID", "HTTPServer", "ABCdef", "Event ID", "userData", "user-data", "user.data", "S3Bucket",
           "iPhone5sCase", "order__id", "total$amount", "$amount", "_id", "__v", "Montréal report", "tflLineStatus", "%",
           "1abc", "_1abc", "a", "A", "a1", "1", "_", "__", "$", "a b  c", "aB1Cd22eF", "x_1", "order", "select"]
# Blocks of which docs/differences.md says that the words are the same.
ALPHABETS = [(0xA0, 0x17F), (0x386, 0x3CE), (0x400, 0x45F), (0x1E00, 0x1EFF)]
ELSEWHERE = "日あ가אا😀ϑ"


def alphabet_names():
    """A name with a blank for each letter: the SDK transliterates only names that are not all word characters."""
    return [f"x {chr(code)}y" for first, last in ALPHABETS for code in range(first, last + 1)
            if unicodedata.category(chr(code)) != "Cn" and chr(code) not in "ƒ"]


def random_names(count):
    draw = random.Random(20240301)
    letters = "abcxyzABCXYZ0189__ -.$%/()éÜßñЖ"
    return sorted({"".join(draw.choice(letters) for _ in range(draw.randint(1, 14))) + draw.choice(["", " "])
                   for _ in range(count)})


def asked_of_the_sdk(tables=(), columns=(), values=()):
    question = json.dumps({"tables": list(tables), "columns": list(columns), "values": list(values)})
    done = subprocess.run([PYTHON, HERE / "sdk_oracle.py"], input=question, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def loaded(insert):
    """The tables that the program makes of a response."""
    with tempfile.TemporaryDirectory(prefix="fsim-oracle-") as folder:
        pages = pathlib.Path(folder, "pages")
        pages.mkdir()
        (pages / "1.json").write_text(json.dumps({"state": {}, "insert": insert, "hasMore": False}), encoding="utf-8")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("FIVETRAN_SIM")}

        def run(*words):
            return subprocess.run([PROGRAM, *words, "--destination", "sqlite:w.sqlite"], cwd=folder, env=environment,
                                  capture_output=True, text=True, check=True).stdout
        run("run", "scenario:pages", "-q", "--fail-on", "never")
        return json.loads(run("tables", "--format", "json")), json.loads(run("sql", 'select * from "values"', "--format", "json")
                                                                         if "values" in insert else "[]")


def difference(source, ours, theirs):
    """Why two names are not the same, in the words of docs/differences.md; none when nothing there says so."""
    if not theirs.isascii():
        return "only word characters" if re.fullmatch(r"[\w\-.]*", source) and ours.isascii() else None
    if len(theirs) > 63:
        return "long names" if len(ours) <= 63 and ours.startswith(theirs[:40]) else None
    if re.match(r"\d", theirs):
        return "leading digit" if ours == "_" + theirs else None
    if any(c in source for c in ELSEWHERE):
        return "other alphabets" if re.fullmatch("[a-z0-9_]+", ours) else None
    return None


class OracleTest(unittest.TestCase):
    def held(self, ours, theirs, source, seen):
        if ours == theirs:
            return
        why = difference(source, ours, theirs)
        self.assertIsNotNone(why, f"{source!r}: {ours} here, {theirs} in the SDK")
        seen.add(why)

    def test_columns(self):
        names = [*VECTORS, *alphabet_names(), *random_names(600), *(f"a {c}" for c in ELSEWHERE), "Straße", "long name " * 12]
        tables, _ = loaded({f"t{i}": [{name: 1}] for i, name in enumerate(names)})
        theirs = asked_of_the_sdk(columns=names)["columns"]
        self.assertEqual(len(tables), len(names))
        seen = set()
        for table in tables:
            column = table["columns"][0]
            self.held(column["name"], theirs[column["source"]], column["source"], seen)
        self.assertEqual(seen, {"only word characters", "long names", "leading digit", "other alphabets"})

    def test_tables(self):
        names = [*VECTORS, *(n for n in random_names(300) if n.isascii())]
        tables, _ = loaded({name: [{"a": 1}] for name in names})
        theirs = asked_of_the_sdk(tables=names)["tables"]
        seen = set()
        for table in tables:
            self.held(table["name"], theirs[table["source"]], table["source"], seen)
        self.assertEqual(seen, {"leading digit"})
        # Names that become one there are one table here, and no others are.
        self.assertEqual({table["name"] for table in tables}, {re.sub(r"^(?=\d)", "_", name) for name in theirs.values()})

    def test_values(self):
        # value, type here, kind and text in the SDK, the same text here
        big = 2**63
        rows = [
            (1, "SHORT", "long", True), (-32768, "SHORT", "long", True), (40000, "INT", "long", True),
            (big - 1, "LONG", "long", True), (big, "DECIMAL", "float", True), (10**30, "DECIMAL", "float", False),
            (0.5, "DOUBLE", "float", True), (0.1, "DOUBLE", "float", False), (-2.25, "DOUBLE", "float", True),
            ("x", "STRING", "string", True), ("", "STRING", "string", True), ("105", "STRING", "string", True),
            ("007", "STRING", "string", True), ("$12.00", "STRING", "string", True), ("true", "STRING", "string", True),
            ("2024-03-01", "LOCALDATE", "string", True), ("2024-03-01T10:00:00", "LOCALDATETIME", "string", True),
            ("2024-03-01T10:00:00Z", "INSTANT", "string", True), ("2024-02-30", "STRING", "string", True),
            ('{"k": 1}', "STRING", "string", True), ({"k": [1, None]}, "JSON", "json", True), ({}, "JSON", "json", True),
            (True, "BOOLEAN", "long", False), (False, "BOOLEAN", "long", False),
            ([1, 2], "JSON", "refused", False), ([], "JSON", "refused", False)]
        tables, cells = loaded({"values": [{f"c_{i}": row[0] for i, row in enumerate(rows)}]})
        types = {column["source"]: column for column in tables[0]["columns"]}
        theirs = asked_of_the_sdk(values=[row[0] for row in rows])["values"]
        for i, (value, type_here, kind, same) in enumerate(rows):
            with self.subTest(value=value):
                column = types[f"c_{i}"]
                self.assertEqual(column["type"], type_here)
                self.assertEqual(theirs[i][0], kind)
                here, there = cells[0][column["name"]], theirs[i][1]
                if kind == "json":
                    there = json.loads(there)
                elif kind in ("long", "float"):
                    there = float(there) if kind == "float" else int(there)
                self.assertEqual(here == there and not isinstance(here, bool), same)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    if not PYTHON.exists():
        if os.environ.get("FSIM_NO_SKIP"):
            raise SystemExit("the Connector SDK is not installed: scripts/install-oracle")
        print("skipped: the Connector SDK is not installed (scripts/install-oracle)")
        sys.exit(125)
    unittest.main()
