#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Memory and speed of a long sync of large pages into SQLite.

    tests/bench/sync_bench.py PROGRAM [--pages 300] [--engines] [--postgres URL] [--check] [--smoke]

First ten pages of 6 MB, loaded by the program and by a plain Python json + sqlite3 script in turn, three times: the ratio of the
medians. Then --pages pages in one sync: MB/s and the peak memory of the program. --engines loads the ten pages into DuckDB as well, and with --postgres into
that server, each beside SQLite in the same run. --check fails when that is over 150 MB; --smoke
does both on a few small pages, to see that it works.
"""
import argparse
import json
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

MEMORY_LIMIT_MB = 150
ROW = ('{{"id":1000{row:06},"account":{account},"amount":{cents}.{rest:02},"rate":0.{rate:06},"created_at":"2024-03-{day:02}T{hour:02}:{row60:02}:00Z",'
       '"name":"customer {row} of many","email":"user{row}@example.com","status":"{status}","active":{active},"note":null,'
       '"address":{{"city":"Düsseldorf","zip":"{row:05}"}},"ref":"{ref:032x}"}}')


def rows_text(size):
    """Rows of one page of about `size` bytes, as JSON text whose ids begin with 1000."""
    rows, total, row = [], 0, 0
    while total < size:
        text = ROW.format(row=row, account=row * 7919 % 1_000_000_007, cents=row % 10_000, rest=row % 100, rate=row * 31 % 1_000_000,
                          day=1 + row % 28, hour=row % 24, row60=row % 60, status="open" if row % 3 else "paid",
                          active="true" if row % 2 else "false", ref=row * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128)
        rows.append(text)
        total += len(text.encode()) + 1
        row += 1
    return ",".join(rows)


def write_pages(folder, pages, size):
    """Writes a scenario of that many pages, each with keys of its own; returns its bytes."""
    folder.mkdir()
    base, total = rows_text(size), 0
    for page in range(pages):
        rows = base.replace('{"id":1000', '{"id":1%03d' % page)
        body = ('{"state":{"page":%d},"insert":{"orders":[%s]},"delete":{},"schema":{"orders":{"primary_key":["id"]}},"hasMore":%s}'
                % (page + 1, rows, "true" if page + 1 < pages else "false")).encode()
        (folder / f"{page:04}.json").write_bytes(body)
        total += len(body)
    return total


def peer_load(folder, database):
    """What one would write by hand: json.load, executemany, a commit a page."""
    connection = sqlite3.connect(database)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    columns = None
    for path in sorted(folder.glob("*.json")):
        rows = json.loads(path.read_bytes())["insert"]["orders"]
        if columns is None:
            columns = list(rows[0])
            connection.execute(f"create table orders({', '.join(columns)}, primary key(id))")
            statement = (f"insert into orders values({', '.join('?' * len(columns))}) on conflict(id) do update set "
                         + ", ".join(f"{c} = excluded.{c}" for c in columns if c != "id"))
        connection.executemany(statement, ([json.dumps(v) if isinstance(v, (dict, list)) else v for v in map(row.get, columns)]
                                           for row in rows))
        connection.commit()
    count = connection.execute("select count(*) from orders").fetchone()[0]
    connection.close()
    return count


def peak_memory_mb(process):
    """Runs the process to its end and returns the most memory it held, in MB; 0 where /proc does not tell."""
    peak = 0
    status = pathlib.Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        try:
            line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
            peak = max(peak, int(line.split()[1]) / 1024)
        except (OSError, StopIteration):
            pass
        time.sleep(0.02)
    return peak


def run_program(program, folder, database, destination=None):
    """Syncs a scenario into a SQLite file, or another destination; returns seconds and peak memory in MB."""
    environment = {k: v for k, v in os.environ.items() if k != "CI"}
    with tempfile.TemporaryFile() as output:
        begin = time.monotonic()
        process = subprocess.Popen([program, "run", f"scenario:{folder}", "--destination", destination or f"sqlite:{database}"], stdout=output,
                                   stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=database.parent, env=environment)
        peak = peak_memory_mb(process)
        seconds = time.monotonic() - begin
        if process.returncode != 0:
            output.seek(0)
            sys.exit(f"the sync failed with {process.returncode}: {output.read().decode(errors='replace')[-2000:]}")
    return seconds, peak


def count_rows(database):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    count = connection.execute("select count(*) from orders").fetchone()[0]
    connection.close()
    return count


def drop(database):
    for path in database.parent.glob(database.name + "*"):
        path.unlink()


def compare(program, folder, pages, size, rounds):
    total = write_pages(folder / "ratio", pages, size)
    ours, peers = [], []
    for _ in range(rounds):
        drop(folder / "ours.sqlite")
        drop(folder / "peer.sqlite")
        begin = time.monotonic()
        wanted = peer_load(folder / "ratio", folder / "peer.sqlite")
        peers.append(time.monotonic() - begin)
        ours.append(run_program(program, folder / "ratio", folder / "ours.sqlite")[0])
        if count_rows(folder / "ours.sqlite") != wanted:
            sys.exit(f"the program loaded {count_rows(folder / 'ours.sqlite')} rows, the Python script {wanted}")
    own, peer = statistics.median(ours), statistics.median(peers)
    print(f"{pages} pages, {total / 1e6:.0f} MB: program {own:.2f} s ({total / 1e6 / own:.0f} MB/s), "
          f"Python json + sqlite3 {peer:.2f} s ({total / 1e6 / peer:.0f} MB/s), ratio {peer / own:.1f}", flush=True)
    shutil.rmtree(folder / "ratio")


def engines(program, folder, pages, size, postgres):
    """The same pages into each engine, each beside SQLite: ratios of one run."""
    total = write_pages(folder / "engines", pages, size)
    others = {"DuckDB": f"duckdb:{folder}/engines.duckdb"} | ({"PostgreSQL": postgres} if postgres else {})
    for name, destination in others.items():
        drop(folder / "engines.sqlite")
        drop(folder / "engines.duckdb")
        own, _ = run_program(program, folder / "engines", folder / "engines.sqlite")
        seconds, peak = run_program(program, folder / "engines", folder / "engines.sqlite", destination)
        print(f"{pages} pages, {total / 1e6:.0f} MB: {name} {seconds:.2f} s ({total / 1e6 / seconds:.0f} MB/s, peak {peak:.0f} MB), "
              f"SQLite {own:.2f} s, ratio {own / seconds:.2f}", flush=True)
    shutil.rmtree(folder / "engines")


def long_sync(program, folder, pages, size):
    total = write_pages(folder / "long", pages, size)
    seconds, peak = run_program(program, folder / "long", folder / "long.sqlite")
    print(f"{pages} pages, {total / 1e6:.0f} MB, {count_rows(folder / 'long.sqlite')} rows in one sync: {seconds:.1f} s, "
          f"{total / 1e6 / seconds:.0f} MB/s, peak memory {peak:.0f} MB (limit {MEMORY_LIMIT_MB} MB)", flush=True)
    return peak


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--check", action="store_true", help=f"fail when the peak memory is over {MEMORY_LIMIT_MB} MB")
    parser.add_argument("--engines", action="store_true", help="DuckDB beside SQLite")
    parser.add_argument("--postgres", metavar="URL", help="a PostgreSQL server beside SQLite")
    parser.add_argument("--smoke", action="store_true", help="a few small pages, once")
    arguments = parser.parse_args()
    if not 1 <= arguments.pages <= 1000:
        parser.error("--pages must be 1 to 1000")
    size, pages, rounds = (200_000, 3, 1) if arguments.smoke else (6_000_000, arguments.pages, 3)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fsim-bench-"))
    try:
        compare(arguments.program.resolve(), folder, 3 if arguments.smoke else 10, size, rounds)
        if arguments.engines or arguments.postgres:
            engines(arguments.program.resolve(), folder, 3 if arguments.smoke else 10, size, arguments.postgres)
        peak = long_sync(arguments.program.resolve(), folder, pages, size)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if arguments.check and peak > MEMORY_LIMIT_MB:
        sys.exit(f"peak memory {peak:.0f} MB is over {MEMORY_LIMIT_MB} MB")


if __name__ == "__main__":
    main()
