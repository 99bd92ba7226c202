# SPDX-License-Identifier: Apache-2.0

def lambda_handler(event, context):
    rows = [{"id": 1, "note": "set AKIAIOSFODNN7EXAMPLE in your profile, see https://docs.example.com/keys"}]
    return {"state": {"n": 1}, "insert": {"notes": rows}, "schema": {"notes": {"primary_key": ["id"]}}, "hasMore": False}
