"""Secrets come with each request, as texts; they leave the function only towards the source."""

ORDERS = [{"id": n, "total": n * 1.25} for n in range(1, 11)]


def fetch(token, after, limit):
    """In place of an API that wants a token."""
    if not token:
        raise PermissionError("401: the token is not valid")
    return [order for order in ORDERS if order["id"] > after][:limit]


def lambda_handler(event, context):
    secrets = event.get("secrets") or {}
    limit = int(secrets.get("limit", "5"))
    state = event.get("state") or {}
    print("called with the state", state)
    if event.get("setup_test"):
        fetch(secrets.get("apiToken"), 0, 1)
        return {"state": state, "insert": {}, "hasMore": False}
    page = fetch(secrets.get("apiToken"), state.get("after", 0), limit)
    return {
        "state": {"after": page[-1]["id"]} if page else state,
        "insert": {"orders": page},
        "schema": {"orders": {"primary_key": ["id"]}},
        "hasMore": len(page) == limit,
    }
