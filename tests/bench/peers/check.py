#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Judges pages with a JSON schema and a set of keys.

    tests/bench/peers/check.py fastjsonschema|jsonschema FOLDER [PAGES]
"""
import json
import pathlib
import sys


def main():
    schema = json.loads((pathlib.Path(__file__).parent / "response_schema.json").read_text(encoding="utf-8"))
    if sys.argv[1] == "fastjsonschema":
        import fastjsonschema
        validate = fastjsonschema.compile(schema)
    else:
        import jsonschema
        validate = jsonschema.Draft7Validator(schema).validate
    count = int(sys.argv[3]) if len(sys.argv) > 3 else None
    for path in sorted(pathlib.Path(sys.argv[2]).glob("*.json"))[:count]:
        page = json.loads(path.read_bytes())
        validate(page)
        keys = {row["id"] for row in page["insert"]["orders"]}
        if len(keys) != len(page["insert"]["orders"]):
            sys.exit(f"{path}: a key is repeated")


if __name__ == "__main__":
    main()
