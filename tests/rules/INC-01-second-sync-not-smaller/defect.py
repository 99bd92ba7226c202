# SPDX-License-Identifier: Apache-2.0
def lambda_handler(event, context):
    page = event["state"].get("page", 0)
    rows = [{"id": i, "v": i} for i in range(page * 12, page * 12 + 12)]
    last = page == 1
    return {"state": {"page": 0 if last else page + 1, "round": event["state"].get("round", 0) + last}, "insert": {"t": rows},
            "schema": {"t": {"primary_key": ["id"]}}, "hasMore": not last}
