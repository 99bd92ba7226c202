"""A source that tells only what is there now: each sync sends all of it in one page and names the table in `softDelete`.
Stored rows that were not sent again are marked in `_fivetran_deleted`."""

DAYS = [[{"id": 7, "name": "Ada"}, {"id": 8, "name": "Grace"}], [{"id": 8, "name": "Grace Hopper"}]]


def fetch(day):
    """In place of an API without a history: everybody who is there on that day."""
    return DAYS[min(day, len(DAYS) - 1)]


def lambda_handler(event, context):
    state = event.get("state") or {}
    if event.get("setup_test"):
        return {"state": state, "insert": {}, "hasMore": False}
    day = state.get("day", 0)
    return {
        "state": {"day": day + 1},
        "insert": {"people": fetch(day)},
        "schema": {"people": {"primary_key": ["id"]}},
        "softDelete": ["people"],
        "hasMore": False,
    }
