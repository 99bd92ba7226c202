# SPDX-License-Identifier: Apache-2.0
ROWS = [{"id": i, "at": f"2024-03-01T00:00:{i // 2:02}Z"} for i in range(24)]


def lambda_handler(event, context):
    state = event["state"]
    rest = [row for row in ROWS if [row["at"], row["id"]] > [(state["at"] if state else ""), state.get("id", -1)]]
    rows = rest[:9]
    last = rows[-1] if rows else state
    return {"state": {"at": last["at"], "id": last["id"]}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": len(rest) > 9}
