# SPDX-License-Identifier: Apache-2.0
import uuid


def lambda_handler(event, context):
    """Twenty-five events in each sync, none of which came before."""
    begin = event["state"].get("next", 0)
    rows = [{"id": str(uuid.uuid4()), "number": n} for n in range(begin, begin + 25)]
    return {"state": {"next": begin + 25}, "insert": {"events": rows},
            "schema": {"events": {"primary_key": ["id"]}}, "hasMore": False}
