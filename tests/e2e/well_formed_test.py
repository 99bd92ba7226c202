#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random well-formed streams raise no error and no warning; the same streams with one defect raise its rule and no other.

    tests/e2e/well_formed_test.py PROGRAM [--streams N] [--seed N]
"""
import argparse
import copy
import hashlib
import json
import pathlib
import random
import sys

import program

STREAMS, SEED = 20, None
TEXTS = ["plain", "naïve café", "日本語", "quote ' and \"", "emoji 🙂", "x" * 300, "null", "7", "v1.2.3", "a/b", "[draft]"]
KEY = ["id", "part"]


def moment(chance):
    return f"{chance.randint(2015, 2023)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:30:00Z"


def random_row(chance, number, part):
    """A row with each column; each keeps to one type, and any but the key and `seq` may be null."""
    row = {"id": number, "part": part, "seq": chance.randint(0, 10**chance.randint(1, 9)), "ratio": chance.randint(0, 10**6) / 64,
           "text": chance.choice(TEXTS), "flag": chance.random() < 0.5, "nested": {"k": [1, chance.choice(TEXTS)]},
           "made_at": moment(chance), "due_on": moment(chance)[:10]}
    return {column: None if column in list(row)[3:] and chance.random() < 0.2 else value for column, value in row.items()}


def random_state(chance, style, page, pages, newest):
    if style == "page":
        return {"page": page + 1}
    if style == "token":
        return {"next_token": "".join(chance.choices("abcdefgh", k=24)) if page + 1 < pages else None}
    return {"tables": {"orders": {"since": newest}, "lines": page + 1}}


def random_stream(chance):
    """Responses in which every table has new, changed and deleted rows, never two of one key on a page."""
    tables = {"orders": {}, "lines": {}}
    responses, pages = [], chance.randint(2, 6)
    style, newest, number = chance.choice(["page", "token", "cursor"]), "2024-01-01T00:00:00Z", 0
    for page in range(pages):
        response = {"state": {}, "insert": {}, "delete": {}, "schema": {t: {"primary_key": KEY} for t in tables}, "hasMore": page + 1 < pages}
        for name, stored in tables.items():
            gone = chance.sample(sorted(stored), min(len(stored), chance.randint(0, 3)))
            changed = [key for key in chance.sample(sorted(stored), min(len(stored), chance.randint(0, 5))) if key not in gone]
            new = [(number := number + 1, chance.choice("abc")) for _ in range(chance.randint(3, 20))]
            rows = [random_row(chance, *key) for key in [*changed, *new]]
            chance.shuffle(rows)
            response["insert"][name] = rows
            response["delete"][name] = [dict(zip(KEY, key)) for key in gone]
            for key in gone:
                del stored[key]
            stored.update({(row["id"], row["part"]): row for row in rows})
        newest = newest[:8] + f"{page + 2:02}" + newest[10:]
        response["state"] = random_state(chance, style, page, pages, newest)
        responses.append(response)
    return responses


# Each defect changes a stream in one way; `row` is one of the first page.
def rename(old, new):
    def change(responses, row):
        responses[-1][new] = responses[-1].pop(old)
    return change


def at_last(**values):
    return lambda responses, row: responses[-1].update(values)


def in_row(**values):
    return lambda responses, row: row.update(values)


def in_each_row(**values):
    def change(responses, row):
        for response in responses:
            for orders in response["insert"]["orders"]:
                orders.update(values)
    return change


def drop(column):
    return lambda responses, row: row.pop(column)


def each_schema(make):
    def change(responses, row):
        for response in responses:
            response["schema"] = make(response["schema"])
    return change


def stay(responses, row):
    responses[0]["state"] = {}


def without_schema(schema):
    return {"orders": schema["orders"]}


def keep_no_deletes(change):
    def changed(responses, row):
        for response in responses:
            response["delete"] = {}
        change(responses, row)
    return changed


def twice(responses, row):
    responses[0]["insert"]["orders"].append({**row, "text": "another text"})


def delete_what_comes(responses, row):
    responses[0]["delete"]["orders"].append({column: row[column] for column in KEY})


DEFECTS = {
    "a misspelt key": ("RSP-05", rename("hasMore", "has_more")),
    "hasMore as a text": ("RSP-06", at_last(hasMore="false")),
    "an upsert": ("RSP-04", at_last(upsert={})),
    "insert is missing": ("RSP-07", lambda responses, row: responses[-1].pop("insert")),
    "a table is null": ("RSP-10", lambda responses, row: responses[0]["insert"].update(extra=None)),
    "a row is a text": ("RSP-08", lambda responses, row: responses[0]["insert"]["orders"].append("row")),
    "one object to delete": ("RSP-09", lambda responses, row: responses[0]["delete"].update(orders={"id": 1, "part": "a"})),
    "no state": ("STA-01", lambda responses, row: responses[-1].pop("state")),
    "the state is a text": ("STA-02", at_last(state="2024-01-05")),
    "the state stays": ("STA-04", stay),
    "a table without key": ("SCH-01", keep_no_deletes(each_schema(without_schema))),
    "a key without its table": ("SCH-02", each_schema(lambda schema: {"primary_key": KEY})),
    "a key that is a text": ("SCH-03", each_schema(lambda schema: {**schema, "lines": {"primary_key": "id"}})),
    "another key": ("SCH-04", keep_no_deletes(
        lambda responses, row: responses[-1]["schema"].update(lines={"primary_key": [*KEY, "seq"]}))),
    "types in the schema": ("SCH-06", each_schema(lambda schema: {**schema, "lines": {"primary_key": KEY, "columns": {}}})),
    "a key column is missing": ("ROW-01", drop("part")),
    "a key column is null": ("ROW-02", in_row(part=None)),
    "a key is a fraction": ("ROW-03", in_row(id=0.5)),
    "two rows of one key": ("ROW-04", twice),
    "a key is a text": ("ROW-06", in_row(id="one")),
    "inserted and deleted": ("DEL-02", delete_what_comes),
    "a text among numbers": ("TYP-02", in_row(seq="n/a")),
    "an integer beyond 64 bits": ("TYP-03", in_row(seq=2**70)),
    "a time without a zone": ("TYP-07", lambda responses, row: responses[0]["insert"]["orders"].extend(
        [{**row, "id": -1, "made_at": "2023-01-05T10:00:00Z"}, {**row, "id": -2, "made_at": "2023-01-05T10:00:00"}])),
    "half of a character": ("TYP-08", in_row(text="cut \ud83d")),
    "two columns of one name": ("NAM-02", in_row(Seq=5)),
    "a column of Fivetran's": ("NAM-03", in_row(_fivetran_synced="2024-01-01T00:00:00Z")),
    "a name too long": ("NAM-04", in_each_row(**{"x" * 70: 5})),
}


def unusual_streams(chance):
    """Clean connectors that look odd: what each sends, page after page."""
    def pages(*inserts, deletes=None, key="id", tables=None):
        deletes = deletes or [{} for _ in inserts]
        return [{"state": {"cursor": number + 1}, "insert": rows, "delete": gone, "hasMore": number + 1 < len(inserts),
                 "schema": {name: {"primary_key": [key]} for name in tables or sorted({*rows, *gone})}}
                for number, (rows, gone) in enumerate(zip(inserts, deletes))]

    def rows(count, first=0, **columns):
        return [{"id": first + number, **{name: make(number) for name, make in columns.items()}} for number in range(count)]
    return {
        "hashes as keys": pages(*({"t": [{"id": hashlib.sha256(f"{page} {n}".encode()).hexdigest(), "v": n % 7} for n in range(40)]} for page in range(3))),
        "texts only, as from CSV": pages(*({"t": [{"id": str(100 * page + n), "quantity": str(n % 17), "price": f"{n}.50", "active": chance.choice(["true", "false"]),
                                                  "day": f"2024-01-{1 + n % 28:02}"} for n in range(40)]} for page in range(3))),
        "one table and column without Latin letters": pages(*({"顧客": rows(40, 100 * page, 名前=lambda n: chance.choice("あいうえお"))} for page in range(3))),
        "tables that come late": pages({"a": rows(20, v=int)}, {"a": rows(20, 100, v=int), "b": rows(9, w=str)}, {"c": rows(3)}),
        "empty pages between": pages({"a": rows(20, v=int)}, {"a": []}, {}, {"a": rows(1, 77, v=int)}, tables=["a"]),
        "deletes only": pages({}, {}, deletes=[{"a": rows(20)}, {"a": rows(20, 50)}]),
        "free text that begins with dates": pages({"t": rows(5, note=lambda n: f"2024-01-0{n + 1}")}, {"t": rows(25, 100, note=lambda n: "call back")}),
        "free text with dates in it": pages({"t": rows(25, note=lambda n: ["call back", "2024-03-04", "paid"][n % 3])}),
        "lookup rows on each page": pages(*({"orders": rows(20, 100 * page, country=lambda n: "ab"[n % 2]), "countries": [{"id": c, "name": c * 3} for c in "abcdefghij"]}
                                            for page in range(4))),
        "flags that are null at first, empty lists and objects": pages(
            *({"t": rows(25, 100 * page, flag=lambda n, page=page: bool(n % 2) if page else None, tags=lambda n: [], meta=lambda n: {})} for page in range(2))),
    }


class WellFormedTest(program.ProgramTest):
    def raised(self, responses, name):
        """The rules of the errors and warnings that a stream raises, each with its message."""
        folder = self.folder / name
        folder.mkdir()
        for page, response in enumerate(responses):
            (folder / f"{page:03}.json").write_text(json.dumps(response), encoding="utf-8")
        done = self.start("run", f"scenario:{folder}", "--destination", "memory:", "--report", f"json={name}.report.json")
        _, problems = done.communicate(timeout=120)
        report = self.folder / f"{name}.report.json"
        self.assertTrue(report.exists(), problems)
        findings = json.loads(report.read_text(encoding="utf-8"))["findings"]
        return {f["rule"]: f["message"] for f in findings if f["severity"] != "info"}

    def test_well_formed_streams_raise_nothing(self):
        for stream in range(STREAMS):
            with self.subTest(seed=SEED, stream=stream):
                self.assertEqual(self.raised(random_stream(random.Random(f"{SEED}-{stream}")), f"s{stream}"), {})

    def test_unusual_streams_raise_nothing(self):
        for number, (name, responses) in enumerate(unusual_streams(random.Random(SEED)).items()):
            with self.subTest(seed=SEED, stream=name):
                self.assertEqual(self.raised(responses, f"u{number}"), {})

    def test_each_defect_raises_its_rule_and_no_other(self):
        for number, (defect, (rule, change)) in enumerate(DEFECTS.items()):
            chance = random.Random(f"{SEED}-{defect}")
            responses = copy.deepcopy(random_stream(chance))
            change(responses, chance.choice(responses[0]["insert"]["orders"]))
            with self.subTest(seed=SEED, defect=defect):
                raised = self.raised(responses, f"d{number}")
                self.assertEqual(set(raised), {rule}, raised)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--streams", type=int, default=STREAMS)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments = parser.parse_args()
    STREAMS, SEED = arguments.streams, arguments.seed
    print(f"seed {SEED}", flush=True)
    sys.argv[1:] = [str(arguments.program)]
    program.main()
