# SPDX-License-Identifier: Apache-2.0
"""A clean connector for the tests: TICKETS tickets (90) and their comments, 30 tickets a call, incremental by number."""
import os


def ticket(number):
    return {"number": number, "openedAt": f"2024-02-{1 + number // 24 % 28:02}T{number % 24:02}:15:00Z",
            "title": f"Größe {number} falsch", "hours": number * 0.25, "solved": number % 3 == 0,
            "reporter": {"name": f"user {number % 7}", "teams": ["a", "b"]}}


def comments(number):
    return [{"ticket": number, "position": i, "order": i + 1, "text": f"comment {i} on {number}"} for i in range(number % 3)]


def lambda_handler(event, context):
    answer = {"state": event["state"], "insert": {}, "delete": {}, "hasMore": False,
              "schema": {"Tickets": {"primary_key": ["number"]}, "comments": {"primary_key": ["ticket", "position"]}}}
    if event.get("setup_test"):
        return answer
    first = event["state"].get("number", 0) + 1
    last = min(first + 29, int(os.environ.get("TICKETS", "90")))
    numbers = range(first, last + 1)
    if not numbers:
        return answer
    answer["insert"] = {"Tickets": [ticket(n) for n in numbers], "comments": [c for n in numbers for c in comments(n)]}
    answer["state"] = {"number": last}
    answer["hasMore"] = last < int(os.environ.get("TICKETS", "90"))
    return answer
