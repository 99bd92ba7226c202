# SPDX-License-Identifier: Apache-2.0
import time


def lambda_handler(event, context):
    rows = [{"id": i, "at": time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(i))} for i in range(3)]
    return {"state": {"id": 3}, "insert": {"t": [] if event["state"] else rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": False}
