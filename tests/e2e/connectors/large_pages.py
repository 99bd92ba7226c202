# SPDX-License-Identifier: Apache-2.0
"""Twenty-four pages of 400 kB each, so large that the program loads, records, reads ahead and checkpoints them on other threads."""


def lambda_handler(event, context):
    page = event["state"].get("page", 0)
    ids = range(page * 2000, page * 2000 + 2000)
    rows = [{"id": i, "text": f"row {i} " + "x" * 150, "amount": i * 0.25, "open": i % 3 == 0} for i in ids]
    return {"state": {"page": page + 1}, "insert": {"orders": rows}, "delete": {"orders": [{"id": i - 2000} for i in ids if page and i % 7 == 0]},
            "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": page < 23}
