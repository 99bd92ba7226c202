#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A private PostgreSQL server for the tests of one ctest run.

    tests/support/postgres_server.py start FILE     starts it and writes its URL into FILE; exit code 125: none is installed
    tests/support/postgres_server.py stop FILE      ends it and removes all it made

It listens on a socket in its own folder under /tmp only, keeps nothing, and never runs as root. Whoever reaches the socket is
trusted, but for the role `guarded`, whose password is `right password`.
"""
import glob
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SKIPPED = 125
# Without durability, and small. A test that kills sessions wants to see that soon.
SETTINGS = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB", "max_connections": "60", "listen_addresses": "",
            "autovacuum": "on", "client_connection_check_interval": "200ms"}
ACCESS = "local all guarded scram-sha-256\nlocal all all trust\n"


def binaries():
    """The folder of initdb and postgres, or None."""
    on_path = shutil.which("initdb")
    folders = ([str(pathlib.Path(on_path).resolve().parent)] if on_path else []) + sorted(
        glob.glob("/usr/lib/postgresql/*/bin") + glob.glob("/opt/homebrew/opt/postgresql*/bin"), key=len, reverse=True)
    return next((folder for folder in folders if all(os.access(f"{folder}/{name}", os.X_OK) for name in ("initdb", "postgres"))), None)


def server_user():
    """Who the server runs as: we, unless we are root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        except KeyError:
            continue
    raise SystemExit("no user to run PostgreSQL as: it refuses root")


def run(command, **more):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}")


def start(file):
    stop(file)
    folder = binaries()
    if folder is None:
        print("PostgreSQL is not installed (scripts/install-deps all)")
        return 1 if os.environ.get("FSIM_NO_SKIP") == "1" else SKIPPED
    who = server_user()
    home = pathlib.Path(tempfile.mkdtemp(prefix="fsim-pg-", dir="/tmp"))
    if who:
        os.chown(home, who["user"], who["group"])
    home.chmod(0o755)
    data = home / "data"
    run([f"{folder}/initdb", "--pgdata", str(data), "--username", "tester", "--auth", "trust", "--encoding", "UTF8", "--locale", "C",
         "--no-sync"], cwd=home, **who)
    (data / "pg_hba.conf").write_text(ACCESS, encoding="ascii")
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with open(home / "log", "wb") as log:
        server = subprocess.Popen([f"{folder}/postgres", "-D", str(data), "-k", str(home), *options], cwd=home, stdin=subprocess.DEVNULL,
                                  stdout=log, stderr=log, start_new_session=True, **who)
    file.write_text(f"postgresql://tester@/postgres?host={home}\n{server.pid}\n{home}\n", encoding="utf-8")
    wait_until_ready(folder, home, server)
    run([f"{folder}/psql", "-h", str(home), "-U", "tester", "-d", "postgres", "-c", "CREATE ROLE guarded LOGIN PASSWORD 'right password'"])
    return 0


def wait_until_ready(folder, home, server):
    for _ in range(1200):
        if server.poll() is not None:
            raise SystemExit("PostgreSQL did not start:\n" + (home / "log").read_text(encoding="utf-8", errors="replace"))
        if subprocess.run([f"{folder}/pg_isready", "-q", "-h", str(home)], check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit("PostgreSQL did not become ready within two minutes")


def is_server(pid, home):
    try:
        return str(home).encode() in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def stop(file):
    """Ends the server that FILE tells of, also one that an interrupted run has left."""
    if not file.exists():
        return 0
    _, pid, home = file.read_text(encoding="utf-8").splitlines()[:3]
    if is_server(pid, home):
        os.kill(int(pid), signal.SIGQUIT)  # at once: nothing is to be kept
    for _ in range(600):
        if not is_server(pid, home):
            break
        time.sleep(0.05)
    shutil.rmtree(home, ignore_errors=True)
    file.unlink()
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("start", "stop"):
        raise SystemExit(__doc__)
    sys.exit({"start": start, "stop": stop}[sys.argv[1]](pathlib.Path(sys.argv[2])))
