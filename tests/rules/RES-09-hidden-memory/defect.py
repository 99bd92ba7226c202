# SPDX-License-Identifier: Apache-2.0
found = []


def lambda_handler(event, context):
    if not event["state"]:
        found[:] = [{"id": i} for i in range(6)]  # asked for once, for all pages
    start = event["state"].get("next", 0)
    rows = found[start:start + 2]
    return {"state": {"next": start + 2 if rows else start}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}},
            "hasMore": start + 2 < len(found)}
