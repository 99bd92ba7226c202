# SPDX-License-Identifier: Apache-2.0
def lambda_handler(request, context):
    page = request["state"].get("page", 0) + 1
    rows = [{"id": 2 * page + k, "total": 1.25 * page, "paid": k == 0} for k in range(2)]
    return {"state": {"page": page}, "insert": {"orders": rows}, "delete": {},
            "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": page < 3}
