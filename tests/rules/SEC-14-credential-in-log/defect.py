# SPDX-License-Identifier: Apache-2.0


def lambda_handler(event, context):
    print({"Authorization": "Bearer " + "9fA7c2Qx81" + "LmZ0bTq4Ws6Yd3Ke"})
    return {"state": {"n": 1}, "insert": {"notes": [{"id": 1}]}, "schema": {"notes": {"primary_key": ["id"]}}, "hasMore": False}
