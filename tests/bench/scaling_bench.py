# SPDX-License-Identifier: Apache-2.0
"""Time and peak memory of the program against rows, tables, columns and calls: how far from linear is it?"""
import dataclasses
import json
import math
import shutil
import sys

import measure
import pages
import svg_plot

ROWS = (100_000, 1_000_000, 10_000_000)
TABLES = (1, 5, 50, 500)
COLUMNS = (5, 50, 500, 1_500)
CALLS = (1_000, 10_000, 100_000)
CELLS = 240_000  # less than the 6 MB of a response, of a scenario that varies tables or columns: the work stays the same but for its shape


@dataclasses.dataclass
class Curve:
    name: str
    unit: str
    points: list = dataclasses.field(default_factory=list)  # {"x", "seconds" and "cpu" of each round, "peak_mb"}

    def line(self, what):
        """The plotted points: of several rounds the quickest, since whatever else the machine did can only slow it down."""
        return [(point["x"], point[what] if what == "peak_mb" else min(point[what])) for point in self.points]

    def slope(self, what):
        """Of the last step, where the fixed cost of a start counts least."""
        (x, y), (next_x, next_y) = self.line(what)[-2:]
        return math.log(next_y / y) / math.log(next_x / x) if y > 0 and next_y > 0 else 0.0

    def as_json(self):
        return {"curve": self.name, "points": self.points} | {f"slope_{what}": round(self.slope(what), 3) for what in ("seconds", "cpu", "peak_mb")}


def rows_scenario(folder, rows):
    """Narrow rows in pages of 20,000: the keys of all are new."""
    folder.mkdir()
    size = min(rows, 20_000)
    for page in range(rows // size):
        first = 10_000_000 + page * size
        body = ",".join('{"id":%d,"account":%d,"status":"%s"}' % (first + i, (first + i) * 7919 % 1_000_000_007, "open" if i % 3 else "paid")
                        for i in range(size))
        (folder / f"{page:06}.json").write_bytes(pages.response(page + 1, body, page + 1 < rows // size))


def shaped_scenario(folder, tables, columns, rows):
    """One page: so many tables of so many columns with so many rows each."""
    folder.mkdir()
    names = [f"c{i:04}" for i in range(columns - 1)]
    insert = {f"t{t:03}": [dict(zip(names, range(r, r + columns)), id=r) for r in range(rows)] for t in range(tables)}
    schema = {table: {"primary_key": ["id"]} for table in insert}
    (folder / "0.json").write_text(json.dumps({"state": {"n": 1}, "insert": insert, "delete": {}, "schema": schema, "hasMore": False}), encoding="utf-8")


def calls_scenario(folder, calls):
    """A small page a call."""
    folder.mkdir()
    for page in range(calls):
        (folder / f"{page:07}.json").write_bytes(pages.response(page + 1, '{"id":%d,"account":%d,"status":"open"}' % (page, page * 7), page + 1 < calls))


def add_point(curve, x, make, program, folder, rounds):
    scenario = folder / "scaling"
    make(scenario)
    runs = []
    for number in range(rounds):
        database = folder / f"scaling-{number}.sqlite"
        runs.append(measure.run([program, "run", f"scenario:{scenario}", "--quiet", "--destination", f"sqlite:{database}", "--fail-on", "never"], cwd=folder))
        for path in folder.glob(database.name + "*"):
            path.unlink()
    shutil.rmtree(scenario)
    curve.points.append({"x": x, "seconds": [round(one.seconds, 4) for one in runs], "cpu": [round(one.cpu, 4) for one in runs],
                         "peak_mb": round(max(one.peak_mb for one in runs), 1)})
    print(f"  scaling, {x} {curve.unit}: {runs[0].seconds:.2f} s", file=sys.stderr, flush=True)


def run(program, folder, arguments):
    smoke = arguments.smoke
    rounds = 1 if smoke else min(arguments.rounds, 3)
    cells = 6_000 if smoke else CELLS
    by_rows, by_tables = Curve("rows", "rows"), Curve("tables", f"tables, {cells:,} cells in all")
    by_columns, by_calls = Curve("columns", f"columns, {cells:,} cells in all"), Curve("calls", "calls")
    for rows in (200, 2_000) if smoke else ROWS:
        add_point(by_rows, rows, lambda to, rows=rows: rows_scenario(to, rows), program, folder, rounds)
    for tables in (1, 20) if smoke else TABLES:
        add_point(by_tables, tables, lambda to, tables=tables: shaped_scenario(to, tables, 6, cells // tables // 6), program, folder, rounds)
    for columns in (5, 60) if smoke else COLUMNS:
        add_point(by_columns, columns, lambda to, columns=columns: shaped_scenario(to, 1, columns, cells // columns), program, folder, rounds)
    for calls in (10, 100) if smoke else CALLS + ((1_000_000,) if arguments.long else ()):
        add_point(by_calls, calls, lambda to, calls=calls: calls_scenario(to, calls), program, folder, rounds)
    return [by_rows, by_tables, by_columns, by_calls]


def table(curves):
    lines = ["| against | points: seconds, CPU seconds, peak MB | slope of time | of CPU | of memory |", "|---|---|---|---|---|"]
    for curve in curves:
        points = " · ".join(f"{x:,}: {seconds:.2f} s, {cpu:.2f} s, {peak:.0f} MB" for (x, seconds), (_, cpu), (_, peak)
                            in zip(curve.line("seconds"), curve.line("cpu"), curve.line("peak_mb")))
        lines.append(f"| {curve.unit} | {points} | {curve.slope('seconds'):.2f} | {curve.slope('cpu'):.2f} | {curve.slope('peak_mb'):.2f} |")
    return "\n".join(lines) + "\n\nThe quickest of the rounds. Slope: of the last step, log-log. 1 is linear, 0 is flat; at the same number of cells 0 is linear."


def draw(curves, path):
    panels = [(curve.unit, [(name, curve.line(what)) for name, what in (("seconds", "seconds"), ("CPU seconds", "cpu"), ("peak MB", "peak_mb"))])
              for curve in curves]
    path.write_text(svg_plot.document(panels), encoding="utf-8")
