# SPDX-License-Identifier: Apache-2.0
import traceback


def lambda_handler(event, context):
    """Three pages; the source fails at the second, and nobody is told."""
    page = event["state"].get("page", 0) + 1
    rows = []
    try:
        if page == 2:
            raise ConnectionError("the source answered 503")
        rows = [{"id": page * 10 + n} for n in range(10)]
    except ConnectionError:
        traceback.print_exc()
    return {"state": {"page": page}, "insert": {"orders": rows}, "schema": {"orders": {"primary_key": ["id"]}},
            "hasMore": page < 3}
