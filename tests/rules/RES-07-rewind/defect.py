# SPDX-License-Identifier: Apache-2.0
used = set()


def lambda_handler(event, context):
    token = event["state"].get("token", 0)
    if token in used and token > 0:
        raise ValueError(f"token {token} has expired")
    used.add(token)
    rows = [{"id": i} for i in range(token * 2, min(token * 2 + 2, 6))]
    return {"state": {"token": token + bool(rows)}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}},
            "hasMore": token * 2 + 2 < 6}
