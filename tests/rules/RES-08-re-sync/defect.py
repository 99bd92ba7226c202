# SPDX-License-Identifier: Apache-2.0
position = 0


def lambda_handler(event, context):
    global position
    start = event["state"].get("next", position)  # at {} it goes on where the sync before ended
    position = start + 2
    rows = [{"id": i} for i in range(start, min(start + 2, 6))]
    return {"state": {"next": start + len(rows)}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}},
            "hasMore": start + 2 < 6}
