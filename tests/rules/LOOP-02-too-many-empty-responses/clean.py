# SPDX-License-Identifier: Apache-2.0
"""Ten empty windows, then the end."""


def lambda_handler(event, context):
    window = event["state"].get("window", 0) + 1
    return {"state": {"window": window}, "insert": {}, "hasMore": window < 11}
