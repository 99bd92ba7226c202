#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A thousand calls leave nothing behind and do not make the program grow.

    calls_test.py PROGRAM [--calls N]

The connectors look at the program that calls them: each call loads a row with its descriptors, its memory, its
children and its listening sockets, read from /proc. The first hundred calls may warm up; after them nothing grows.
At the end there is no process and no temporary file left.
"""
import argparse
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

WARM = 100
HANDLER = '''
import os

def parent():
    """The program itself: whoever listens on the Runtime API is above us, maybe not directly."""
    pid = os.getppid()
    while b"fivetran-sim" not in open(f"/proc/{pid}/cmdline", "rb").read().split(b"\\0")[0]:
        pid = int(open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[1])
    return pid

def look(pid):
    fds = []
    for fd in os.listdir(f"/proc/{pid}/fd"):
        try:
            fds.append(os.readlink(f"/proc/{pid}/fd/{fd}"))
        except OSError:
            pass
    inodes = {name[8:-1] for name in fds if name.startswith("socket:[")}
    listening = sum(1 for line in list(open("/proc/net/tcp"))[1:] if line.split()[3] == "0A" and line.split()[9] in inodes)
    status = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status"))
    children = [child for task in os.listdir(f"/proc/{pid}/task") for child in open(f"/proc/{pid}/task/{task}/children").read().split()]
    states = [open(f"/proc/{child}/stat").read().rsplit(")", 1)[1].split()[0] for child in children]
    return {"descriptors": len(fds), "listening": listening, "rss_kb": int(status["VmRSS"].split()[0]),
            "threads": int(status["Threads"]), "children": len(children), "zombies": states.count("Z")}

def lambda_handler(event, context):
    n = event["state"].get("n", 0) + 1
    open(os.path.join(os.environ["TMPDIR"], f"scratch-{n}"), "w").close()
    return {"state": {"n": n}, "insert": {"seen": [dict(look(parent()), call=n)]}, "delete": {},
            "schema": {"seen": {"primary_key": ["call"]}}, "hasMore": n < int(os.environ["CALLS"])}
'''
# The same handler as a Lambda executable of its own.
BOOTSTRAP = '''#!%s
import http.client, json, os, sys
sys.path.insert(0, %r)
from main import lambda_handler

api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
root = "/2018-06-01/runtime/invocation/"
while True:
    api.request("GET", root + "next")
    reply = api.getresponse()
    event = json.loads(reply.read())
    api.request("POST", root + reply.headers["Lambda-Runtime-Aws-Request-Id"] + "/response", json.dumps(lambda_handler(event, None)))
    api.getresponse().read()
'''


def processes_with(text):
    """Processes that have `text` in their environment."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if text.encode() in pathlib.Path(f"/proc/{pid}/environ").read_bytes():
                found.append(int(pid))
        except OSError:
            pass
    return found


def run(program, folder, target, calls, *options):
    """Runs one sync and returns what each call saw."""
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    warehouse = folder / "w.sqlite"
    warehouse.unlink(missing_ok=True)
    environment = dict(os.environ, TMPDIR=str(temporary))
    if "ASAN_OPTIONS" in environment:  # the sanitizer keeps what was freed, 256 MB of it, which would be taken for growth
        environment["ASAN_OPTIONS"] += ":quarantine_size_mb=1:thread_local_quarantine_size_kb=64"
    # The first run makes the file: a new one begins without SQLite's log, whose files come after some seconds.
    for count in (1, calls):
        done = subprocess.run([program, "run", target, "--destination", f"sqlite:{warehouse}", "--env", f"CALLS={count}", "--quiet", "--full-refresh",
                               *options], cwd=folder, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise SystemExit(f"{target}: exit code {done.returncode}\\n{done.stdout}{done.stderr}")
    left = sorted(path.name for path in temporary.iterdir())
    assert not left, f"{target}: temporary files are left: {left}"
    alive = processes_with(f"TMPDIR={temporary}")
    assert not alive, f"{target}: processes are left: {alive}"
    connection = sqlite3.connect(warehouse)
    connection.row_factory = sqlite3.Row
    rows = connection.execute("select * from seen order by call").fetchall()
    assert len(rows) == calls, f"{target}: {len(rows)} calls, not {calls}"
    return rows


def check(name, rows):
    """Nothing grows from the end of the warm-up on."""
    steady, last = rows[min(WARM, len(rows) // 2):], rows[-1]
    first = steady[0]
    for what in ("descriptors", "listening", "threads", "children"):
        highest = max(row[what] for row in steady)
        assert highest <= max(row[what] for row in rows[:len(rows) - len(steady) + 1]) + 1, f"{name}: {what} grew to {highest}"
        assert last[what] <= first[what] + 1, f"{name}: {what}: {first[what]} before, {last[what]} after"
    assert max(row["zombies"] for row in rows) == 0, f"{name}: zombies"
    assert last["listening"] <= 1, f"{name}: {last['listening']} open ports"
    assert last["rss_kb"] <= first["rss_kb"] + 8 * 1024, f"{name}: memory: {first['rss_kb']} kB before, {last['rss_kb']} kB after"
    print(f"{name}: {len(rows)} calls; descriptors {first['descriptors']} → {last['descriptors']}, "
          f"memory {first['rss_kb']} → {last['rss_kb']} kB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--calls", type=int, default=1000)
    arguments = parser.parse_args()
    if not pathlib.Path("/proc/self/task").exists():
        print("skipped: no /proc on this system")
        return 125
    program = arguments.program.resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fsim-calls-")).resolve()
    (folder / "main.py").write_text(HANDLER, encoding="utf-8")
    bootstrap = folder / "bootstrap"
    bootstrap.write_text(BOOTSTRAP % (sys.executable, str(folder)), encoding="utf-8")
    bootstrap.chmod(0o755)
    check("python:", run(program, folder, "python:main.py:lambda_handler", arguments.calls))
    check("runtime:", run(program, folder, "runtime:./bootstrap", arguments.calls))
    check("python: --cold", run(program, folder, "python:main.py:lambda_handler", max(arguments.calls // 20, 10), "--cold"))
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
