#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The whole work of the program beside its peers in one go, as ratios.

    tests/bench/bench.py BUILD [--only PART…] [--rounds 5] [--pages 10] [--json FILE] [--smoke]

BUILD is a build folder with the benchmarks (scripts/bench makes it). Parts: load, check, engines, record, chaos, start, stages, scaling. Within a part the
tools run in turn, round by round, and a ratio is that of one round: the machine may drift, neighbours in time drift together.
Each figure is the median and, in brackets, the least and the most. Tables go to stdout, progress to stderr.
"""
import argparse
import contextlib
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile

import chaos_bench
import check_bench
import load_bench
import measure
import pages
import peers
import record_bench
import scaling_bench
import start_bench

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTS = ("load", "check", "engines", "record", "chaos", "start", "stages", "scaling")
NO_PEERS = "--no-peers"
LEFT_OUT = "fivetran debug: left out; its tester is a separate download, under a licence that forbids comparison."


def machine():
    with contextlib.suppress(OSError, StopIteration):
        lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return f"{next(line for line in lines if line.startswith('model name')).split(': ')[1]}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"


@contextlib.contextmanager
def postgres():
    """The address of a server of our own for the time of the measurement, or None where there is none."""
    server = ROOT / "tests/support/postgres_server.py"
    with tempfile.TemporaryDirectory() as folder:
        address = pathlib.Path(folder) / "url"
        started = subprocess.run([sys.executable, server, "start", address], check=False, stdout=sys.stderr, stdin=subprocess.DEVNULL)
        try:
            yield address.read_text(encoding="utf-8").splitlines()[0] if started.returncode == 0 else None
        finally:
            subprocess.run([sys.executable, server, "stop", address], check=False, stdout=sys.stderr, stdin=subprocess.DEVNULL)


class Bench:
    def __init__(self, arguments, folder):
        self.arguments, self.folder = arguments, folder
        build = arguments.build.resolve()
        self.programs = {"fivetran-sim": build / "fivetran-sim"} | {name: build / "tests/bench" / name for name in ("raw_floor", "empty_program")}
        self.problems = {}
        self.results = {}
        smoke = arguments.smoke
        self.size, self.pages, self.few, self.rounds = (60_000, 2, 1, 1) if smoke else (6_000_000, arguments.pages, max(1, arguments.pages // 5), arguments.rounds)

    def show(self, title, series, text):
        print(f"\n## {title}\n\n{text}", flush=True)
        self.results[title] = [one.as_json() for one in series]

    def load(self):
        found = [tool for tool in load_bench.tools(self.programs) if not any(text in tool.name for text in self.arguments.skip)]
        series = load_bench.run(self.problems, self.folder, self.pages, self.few, self.size, self.rounds, self.arguments.shapes, found)
        self.show("Loading into SQLite", series, measure.table(series, load_bench.OWN))

    def check(self):
        series = check_bench.run(self.programs, self.problems, self.folder, self.pages * 2, self.few, self.size, self.rounds)
        self.show("Check only", series, measure.table(series, check_bench.OWN))

    def engines(self):
        prepare = None if "python" in self.problems else load_bench.prepare_rows
        with postgres() as url:
            for engine, tools in load_bench.engine_tools(self.programs, url).items():
                series = load_bench.run(self.problems, self.folder, self.pages, self.pages, self.size, self.rounds, ("wide",), tools, prepare)
                self.show(f"Loading into {engine}", series, measure.table(series, tools[0].name))

    def record(self):
        series = record_bench.run(self.programs, self.folder, self.pages, self.size, self.rounds)
        self.show("Recording", series, measure.table(series, record_bench.OWN))

    def chaos(self):
        series = chaos_bench.run(self.programs, self.folder, 2 if self.arguments.smoke else 20, self.rounds)
        self.show("Chaos", series, measure.table(series, chaos_bench.OWN))

    def start(self):
        series = start_bench.run(self.programs, self.folder, 3 if self.arguments.smoke else self.rounds * 10)
        self.show("Start", series, start_bench.table(series, start_bench.difference(self.programs)))

    def stages(self):
        text, least = "", "0.01" if self.arguments.smoke else "0.5"
        for name in ("parse_bench", "stages_bench"):
            done = subprocess.run([self.arguments.build / "tests/bench" / name, f"--benchmark_min_time={least}"], check=True, capture_output=True, text=True,
                                  stdin=subprocess.DEVNULL)
            text += done.stdout
        self.show("Stages", [], f"```\n{text}```")

    def scaling(self):
        curves = scaling_bench.run(self.programs["fivetran-sim"], self.folder, self.arguments)
        print(f"\n## Scaling\n\n{scaling_bench.table(curves)}", flush=True)
        self.results["Scaling"] = [curve.as_json() for curve in curves]
        if self.arguments.plot:
            scaling_bench.draw(curves, self.arguments.plot)


def failures(results):
    """Tools that should have run and did not, for --smoke: of the program and the floors none may fail."""
    return [f"{one['work']}: {one['tool']}: {one['note']}" for part in results.values() for one in part if "tool" in one and not one["seconds"]
            and one["note"] != NO_PEERS and one["tool"].startswith(("fivetran-sim", "floor", "empty", "Python json"))]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=10, help="pages of 6 MB to load; twice as many to check")
    parser.add_argument("--shapes", nargs="+", choices=tuple(pages.SHAPES), default=tuple(pages.SHAPES), help="rows to load")
    parser.add_argument("--skip", nargs="+", default=[], metavar="TEXT", help="leave out the tools whose name holds the text")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write all values of all rounds")
    parser.add_argument("--plot", type=pathlib.Path, metavar="FILE", help="draw the scaling curves as SVG")
    parser.add_argument("--long", action="store_true", help="scaling also with a million calls")
    parser.add_argument("--no-peers", action="store_true", help="install no peers, measure without those that need it")
    parser.add_argument("--smoke", action="store_true", help="everything, tiny, once: does it work?")
    arguments = parser.parse_args()
    if arguments.rounds < 1 or not 1 <= arguments.pages <= 1000:
        parser.error("--rounds must be at least 1 and --pages 1 to 1000")
    return arguments


def main():
    arguments = parse_arguments()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fsim-bench-"))
    try:
        bench = Bench(arguments, folder)
        if arguments.no_peers:
            bench.problems = dict.fromkeys([*peers.PIP, *peers.NPM], NO_PEERS)
        elif {"load", "check", "engines"} & set(arguments.only):
            print("installing the peers under build/bench-peers", file=sys.stderr)
            bench.problems = peers.install()
        print(f"# Benchmark\n\n{machine()}\n\n{'; '.join(peers.versions())}\n\n{LEFT_OUT}")
        for name, problem in bench.problems.items():
            print(f"{name}: cannot be installed here: {problem}")
        for part in PARTS:
            if part in arguments.only:
                getattr(bench, part)()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if arguments.json:
        arguments.json.write_text(json.dumps({"machine": machine(), "versions": peers.versions(), "results": bench.results}, indent=1) + "\n", encoding="utf-8")
    failed = failures(bench.results) if arguments.smoke else []
    for one in failed:
        print(f"failed: {one}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
