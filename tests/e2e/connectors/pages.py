# SPDX-License-Identifier: Apache-2.0
"""PAGES pages (200) that insert, replace and delete under simple and composite keys and append to a table without key.

PAUSE seconds go by before each answer, and page HANG, when set, is answered after a minute.
"""
import os
import time

PAGES = int(os.environ.get("PAGES", "200"))
PAUSE = float(os.environ.get("PAUSE", "0"))
HANG = int(os.environ.get("HANG", "-1"))


def lambda_handler(event, context):
    page = event["state"].get("page", 0)
    time.sleep(60 if page == HANG else PAUSE)
    if page >= PAGES:
        return {"state": {"page": page}, "insert": {}, "delete": {}, "schema": {}, "hasMore": False}
    ids = range(page * 20, page * 20 + 20)
    orders = [{"id": i, "status": "open", "total": i * 1.25, "buyer": {"name": f"büyer {i}"}} for i in ids]
    orders += [{"id": i - 45, "status": f"paid on page {page}", "total": 0.5} for i in ids if i % 5 == 0 and i >= 45]
    lines = [{"order": i, "line": k, "sku": f"S{(i * 7 + k) % 100}"} for i in ids for k in range(2)]
    return {"state": {"page": page + 1},
            "insert": {"orders": orders, "lines": lines, "events": [{"page": page, "what": f"read {k}"} for k in range(3)]},
            "delete": {"orders": [{"id": i - 20} for i in ids if i % 11 == 0 and i >= 20],
                       "lines": [{"order": i - 20, "line": 1} for i in ids if i % 11 == 0 and i >= 20]},
            "schema": {"orders": {"primary_key": ["id"]}, "lines": {"primary_key": ["order", "line"]}},
            "hasMore": page + 1 < PAGES}
