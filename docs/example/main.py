"""Orders of a small shop, a page of two at a time. In place of an API there is a list."""

ORDERS = [
    {"id": 1, "status": "paid", "total": 20.5, "updated_at": "2026-01-03T10:00:00Z"},
    {"id": 2, "status": "open", "total": 7.25, "updated_at": "2026-01-05T08:12:00Z"},
    {"id": 3, "status": "paid", "total": 99.0, "updated_at": "2026-01-06T17:40:00Z"},
]
PAGE = 2


def lambda_handler(event, context):
    if event.get("setup_test"):
        return {"state": {}, "insert": {}, "hasMore": False}
    cursor = event.get("state", {}).get("cursor", "")
    new = [order for order in ORDERS if order["updated_at"] > cursor]
    page = new[:PAGE]
    return {
        "state": {"cursor": page[-1]["updated_at"] if page else cursor},
        "insert": {"orders": page},
        "schema": {"orders": {"primary_key": ["id"]}},
        "hasMore": len(new) > PAGE,
    }
