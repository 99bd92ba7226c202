# SPDX-License-Identifier: Apache-2.0
"""One empty window after the other."""


def lambda_handler(event, context):
    window = event["state"].get("window", 0) + 1
    return {"state": {"window": window}, "insert": {}, "hasMore": window < 12}
