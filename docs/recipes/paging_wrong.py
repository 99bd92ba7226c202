"""Pages of what changed, oldest change first. The cursor is the time alone."""

ORDERS = [{"id": n, "total": n * 1.25, "updated_at": f"2026-01-01T{n // 60:02}:00:00Z"} for n in range(1, 251)]
PAGE = 50


def fetch(since, after, limit):
    """In place of an API that sorts by time and id: `?since=…&after=…&limit=…`."""
    return [order for order in ORDERS if order["updated_at"] >= since][:limit]


def lambda_handler(event, context):
    state = event.get("state") or {}
    since, after = state.get("since", ""), state.get("after", 0)
    if event.get("setup_test"):
        fetch(since, after, 1)
        return {"state": state, "insert": {}, "hasMore": False}
    page = fetch(since, after, PAGE)
    if page:
        since, after = page[-1]["updated_at"], page[-1]["id"]
    return {
        "state": {"since": since, "after": after},
        "insert": {"orders": page},
        "schema": {"orders": {"primary_key": ["id"]}},
        "hasMore": len(page) == PAGE,
    }
