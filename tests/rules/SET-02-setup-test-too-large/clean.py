# SPDX-License-Identifier: Apache-2.0
"""Only says that it is there when it is tested."""


def lambda_handler(event, context):
    rows = [] if event.get("setup_test") else [{"id": i, "text": "x" * 1000} for i in range(80)]
    return {"state": {"n": 1}, "insert": {"orders": rows},
            "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": False}
