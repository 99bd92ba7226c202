# SPDX-License-Identifier: Apache-2.0


def lambda_handler(event, context):
    """A hundred orders in pages of twenty, each with the last order of the one before."""
    offset = event["state"].get("offset", 0)
    rows = [{"id": n, "total": n * 5} for n in range(offset, min(offset + 20, 100))]
    return {"state": {"offset": offset + 19}, "insert": {"orders": rows},
            "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": offset + 20 < 100}
