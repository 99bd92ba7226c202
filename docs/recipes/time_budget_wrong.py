"""Many slow requests in one call, until all is there."""

import time

LAST = 24


def fetch(number):
    """In place of a slow API: the readings of one day."""
    time.sleep(0.1)
    return [{"day": number, "hour": hour, "degrees": (number * 7 + hour) % 30} for hour in range(24)]


def lambda_handler(event, context):
    state = event.get("state") or {}
    day = state.get("day", 0)
    if event.get("setup_test"):
        return {"state": state, "insert": {}, "hasMore": False}
    rows = []
    while day < LAST:
        day += 1
        rows += fetch(day)
    return {
        "state": {"day": day},
        "insert": {"readings": rows},
        "schema": {"readings": {"primary_key": ["day", "hour"]}},
        "hasMore": day < LAST,
    }
