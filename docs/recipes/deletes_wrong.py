"""A source that tells what was deleted, without a key in the schema."""

CHANGES = [
    {"number": 1, "what": "put", "id": 7, "name": "Ada"},
    {"number": 2, "what": "put", "id": 8, "name": "Grace"},
    {"number": 3, "what": "drop", "id": 7},
]


def fetch(after):
    """In place of an API of events: one change at a time."""
    return [change for change in CHANGES if change["number"] > after][:1]


def lambda_handler(event, context):
    state = event.get("state") or {}
    number = state.get("number", 0)
    if event.get("setup_test"):
        return {"state": state, "insert": {}, "hasMore": False}
    insert, delete = [], []
    for change in fetch(number):
        number = change["number"]
        if change["what"] == "drop":
            delete.append({"id": change["id"]})
        else:
            insert.append({"id": change["id"], "name": change["name"]})
    return {
        "state": {"number": number},
        "insert": {"people": insert},
        "delete": {"people": delete},
        "hasMore": number < len(CHANGES),
    }
