# SPDX-License-Identifier: Apache-2.0
ROWS = [{"id": i, "v": i * i} for i in range(6)]


def lambda_handler(event, context):
    start = event["state"].get("page", 0) * 2
    return {"state": {"page": start // 2 + (start < len(ROWS)), "last": 99}, "insert": {"t": ROWS[start:start + 2]},
            "schema": {"t": {"primary_key": ["id"]}}, "hasMore": start + 2 < len(ROWS)}
