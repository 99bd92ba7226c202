# SPDX-License-Identifier: Apache-2.0
def lambda_handler(event, context):
    day = event["state"].get("day", 0)
    rows = [{"id": day * 10 + i, "text": "x"} for i in range(10)]
    return {"state": {"day": day + 1}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": True}
