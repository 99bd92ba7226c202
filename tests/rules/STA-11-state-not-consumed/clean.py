# SPDX-License-Identifier: Apache-2.0


def lambda_handler(event, context):
    """Three pages of ten orders."""
    page = event["state"].get("page", 0) + 1
    rows = [{"id": page * 10 + n} for n in range(10)]
    return {"state": {"page": page}, "insert": {"orders": rows}, "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": page < 3}
