# SPDX-License-Identifier: Apache-2.0
import uuid


def lambda_handler(event, context):
    """Twenty-five customers, the same in each sync, under keys made by chance."""
    rows = [{"id": str(uuid.uuid4()), "name": f"customer {n}"} for n in range(25)]
    return {"state": {"synced": event["state"].get("synced", 0) + 1}, "insert": {"customers": rows},
            "schema": {"customers": {"primary_key": ["id"]}}, "hasMore": False}
