# SPDX-License-Identifier: Apache-2.0

CALLS = []


def lambda_handler(event, context):
    """Three times the first page: the state that comes back is not read."""
    CALLS.append(event)
    rows = [{"id": n} for n in range(10)]
    return {"state": {"page": len(CALLS)}, "insert": {"orders": rows}, "schema": {"orders": {"primary_key": ["id"]}},
            "hasMore": len(CALLS) < 3}
