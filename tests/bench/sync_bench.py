#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Memory and speed of a long sync of large pages into SQLite.

    tests/bench/sync_bench.py PROGRAM [--pages 300] [--check] [--smoke]

First ten pages of 6 MB, loaded by the program and by a plain Python json + sqlite3 script in turn, three times: the ratio of the
medians. Then --pages pages in one sync: MB/s and the peak memory of the program. --check fails when that is over 150 MB; --smoke
does both on a few small pages, to see that it works.
"""
import argparse
import pathlib
import shutil
import sqlite3
import statistics
import sys
import tempfile

import measure
import pages

MEMORY_LIMIT_MB = 150
PEER = pathlib.Path(__file__).resolve().parent / "peers/load.py"  # json.load, executemany, a commit a page


def run_program(program, folder, database):
    """Syncs a scenario into a SQLite file; returns seconds and peak memory in MB."""
    done = measure.run([program, "run", f"scenario:{folder}", "--destination", f"sqlite:{database}"], cwd=database.parent)
    return done.seconds, done.peak_mb


def count_rows(database):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    count = connection.execute("select count(*) from orders").fetchone()[0]
    connection.close()
    return count


def drop(database):
    for path in database.parent.glob(database.name + "*"):
        path.unlink()


def compare(program, folder, count, size, rounds):
    total = pages.write_pages(folder / "ratio", count, size)
    ours, peers = [], []
    for _ in range(rounds):
        drop(folder / "ours.sqlite")
        drop(folder / "peer.sqlite")
        peers.append(measure.run([sys.executable, PEER, "json", folder / "peer.sqlite", folder / "ratio"]).seconds)
        wanted = count_rows(folder / "peer.sqlite")
        ours.append(run_program(program, folder / "ratio", folder / "ours.sqlite")[0])
        if count_rows(folder / "ours.sqlite") != wanted:
            sys.exit(f"the program loaded {count_rows(folder / 'ours.sqlite')} rows, the Python script {wanted}")
    own, peer = statistics.median(ours), statistics.median(peers)
    print(f"{count} pages, {total / 1e6:.0f} MB: program {own:.2f} s ({total / 1e6 / own:.0f} MB/s), "
          f"Python json + sqlite3 {peer:.2f} s ({total / 1e6 / peer:.0f} MB/s), ratio {peer / own:.1f}", flush=True)
    shutil.rmtree(folder / "ratio")


def long_sync(program, folder, count, size):
    total = pages.write_pages(folder / "long", count, size)
    seconds, peak = run_program(program, folder / "long", folder / "long.sqlite")
    print(f"{count} pages, {total / 1e6:.0f} MB, {count_rows(folder / 'long.sqlite')} rows in one sync: {seconds:.1f} s, "
          f"{total / 1e6 / seconds:.0f} MB/s, peak memory {peak:.0f} MB (limit {MEMORY_LIMIT_MB} MB)", flush=True)
    return peak


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--check", action="store_true", help=f"fail when the peak memory is over {MEMORY_LIMIT_MB} MB")
    parser.add_argument("--smoke", action="store_true", help="a few small pages, once")
    arguments = parser.parse_args()
    if not 1 <= arguments.pages <= 1000:
        parser.error("--pages must be 1 to 1000")
    size, count, rounds = (200_000, 3, 1) if arguments.smoke else (6_000_000, arguments.pages, 3)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fsim-bench-"))
    try:
        compare(arguments.program.resolve(), folder, 3 if arguments.smoke else 10, size, rounds)
        peak = long_sync(arguments.program.resolve(), folder, count, size)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if arguments.check and peak > MEMORY_LIMIT_MB:
        sys.exit(f"peak memory {peak:.0f} MB is over {MEMORY_LIMIT_MB} MB")


if __name__ == "__main__":
    main()
