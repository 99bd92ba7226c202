# SPDX-License-Identifier: Apache-2.0
import datetime


def lambda_handler(event, context):
    """Two orders of last year and a cursor from the clock."""
    orders = [{"id": 1, "updated_at": "2023-01-05T10:00:00Z"}, {"id": 2, "updated_at": "2023-02-05T10:00:00Z"}]
    rows = [order for order in orders if order["updated_at"] > event["state"].get("since", "")]
    return {"state": {"since": datetime.datetime.now(datetime.timezone.utc).isoformat()}, "insert": {"orders": rows},
            "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": False}
