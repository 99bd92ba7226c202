# SPDX-License-Identifier: Apache-2.0
"""How long `chaos` takes for a clean Python connector of 20 pages, at its usual pages and at all of them."""
import measure

CONNECTOR = '''
def lambda_handler(event, context):
    page = event["state"].get("page", 0)
    rows = [{"id": page * 50 + i, "name": f"row {i}"} for i in range(50)] if page < PAGES else []
    return {"state": {"page": min(page + 1, PAGES)}, "insert": {"t": rows}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": page + 1 < PAGES}
'''
OWN = "fivetran-sim chaos"


def run(programs, folder, pages, rounds):
    source = folder / "paged"
    source.mkdir(exist_ok=True)
    (source / "main.py").write_text(f"PAGES = {pages}\n{CONNECTOR}", encoding="utf-8")
    command = [programs["fivetran-sim"], "chaos", "python:main.py:lambda_handler", "--quiet"]
    commands = {"fivetran-sim chaos": command, "fivetran-sim chaos --pages all": [*command, "--pages", "all"]}
    series = [measure.Series(f"{pages} pages", name, 0, pages) for name in commands]
    for _ in range(rounds):
        for one, words in zip(series, commands.values()):
            one.add(measure.run(words, cwd=source))
    return series
