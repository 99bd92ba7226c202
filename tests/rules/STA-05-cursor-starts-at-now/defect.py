# SPDX-License-Identifier: Apache-2.0
"""Asks for orders since the present moment when it has no cursor yet."""
import datetime


def lambda_handler(event, context):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    return {"state": {"orders": {"since": now}}, "insert": {}, "hasMore": False}
