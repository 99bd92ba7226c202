"""All that is there now, in pages that each name the table in `softDelete`: what another page has sent is marked too."""

PEOPLE = [{"id": 7, "name": "Ada"}, {"id": 8, "name": "Grace"}, {"id": 9, "name": "Edsger"}]


def lambda_handler(event, context):
    state = event.get("state") or {}
    if event.get("setup_test"):
        return {"state": state, "insert": {}, "hasMore": False}
    at = state.get("at", 0)
    return {
        "state": {"at": at + 1 if at + 1 < len(PEOPLE) else 0},
        "insert": {"people": PEOPLE[at:at + 1]},
        "schema": {"people": {"primary_key": ["id"]}},
        "softDelete": ["people"],
        "hasMore": at + 1 < len(PEOPLE),
    }
