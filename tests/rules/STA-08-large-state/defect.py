# SPDX-License-Identifier: Apache-2.0
"""Remembers every number it has seen."""


def lambda_handler(event, context):
    return {"state": {"seen": list(range(200000))}, "insert": {}, "hasMore": False}
