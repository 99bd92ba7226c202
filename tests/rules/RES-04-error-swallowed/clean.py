# SPDX-License-Identifier: Apache-2.0


def lambda_handler(event, context):
    """Three pages; the log tells of an error that was asked for again with success."""
    page = event["state"].get("page", 0) + 1
    print("error: the source answered 503, asking again")
    rows = [{"id": page * 10 + n} for n in range(10)]
    return {"state": {"page": page}, "insert": {"orders": rows}, "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": page < 3}
