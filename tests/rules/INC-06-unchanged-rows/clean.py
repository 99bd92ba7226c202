# SPDX-License-Identifier: Apache-2.0


def lambda_handler(event, context):
    """Fifty orders a sync."""
    begin = event["state"].get("next", 0)
    rows = [{"id": n, "total": n * 5} for n in range(max(0, begin - 5), begin + 50)]
    return {"state": {"next": begin + 50}, "insert": {"orders": rows},
            "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": False}
