"""Rows of any size: a page ends before it has 5 MB, not after a number of rows."""

import json

LIMIT = 5_000_000
LAST = 200


def fetch(number):
    """In place of an API: a document of up to 80 kB."""
    return {"id": number, "text": "lorem ipsum " * (number * 33)}


def lambda_handler(event, context):
    state = event.get("state") or {}
    number = state.get("number", 0)
    if event.get("setup_test"):
        return {"state": state, "insert": {}, "hasMore": False}
    rows, size = [], 0
    while number < LAST:
        row = fetch(number + 1)
        size += len(json.dumps(row)) + 2
        if rows and size > LIMIT:
            break
        rows.append(row)
        number += 1
    return {
        "state": {"number": number},
        "insert": {"documents": rows},
        "schema": {"documents": {"primary_key": ["id"]}},
        "hasMore": number < LAST,
    }
