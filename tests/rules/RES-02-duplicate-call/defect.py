# SPDX-License-Identifier: Apache-2.0
position = 0


def lambda_handler(event, context):
    global position
    if not event["state"]:
        position = 0
    rows = [{"id": i, "v": i * i} for i in range(position, min(position + 2, 6))]
    position += 2
    return {"state": {"at": position}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": position < 6}
