# SPDX-License-Identifier: Apache-2.0


def lambda_handler(event, context):
    """Fifteen pages of orders; the state holds each identifier that was read, padded to its form in the source."""
    page = event["state"].get("page", 0) + 1
    rows = [{"id": page * 1000 + n} for n in range(100)]
    return {"state": {"page": page, "read": event["state"].get("read", []) + [f"{row['id']:040}" for row in rows]}, "insert": {"orders": rows},
            "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": page < 15}
