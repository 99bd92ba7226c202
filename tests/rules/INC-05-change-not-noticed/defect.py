# SPDX-License-Identifier: Apache-2.0
"""What can be read is in a file; the sample's --change adds to it."""
import os
import pathlib

SOURCE = pathlib.Path(os.environ["SOURCE"])


def lambda_handler(event, context):
    records = 4 + SOURCE.exists()
    start = event["state"].get("next", 0)
    rows = [{"id": i, "v": i} for i in range(start, records)]
    return {"state": {"next": max(start, records) + 2}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": False}
