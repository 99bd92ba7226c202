# SPDX-License-Identifier: Apache-2.0
"""Remembers the last number only."""


def lambda_handler(event, context):
    return {"state": {"last": 200000}, "insert": {}, "hasMore": False}
