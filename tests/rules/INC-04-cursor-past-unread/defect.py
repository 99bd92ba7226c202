# SPDX-License-Identifier: Apache-2.0
import datetime

SOURCE = [{"id": n, "updated_at": "2023-01-05T10:00:00Z"} for n in range(1230)]


def lambda_handler(event, context):
    """Ten pages of a hundred orders in the first sync, and never the rest."""
    since = event["state"].get("since", "")
    rows = [] if since else SOURCE[: 10 * 100]
    return {"state": {"since": datetime.datetime.now(datetime.timezone.utc).isoformat()}, "insert": {"orders": rows},
            "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": False}
