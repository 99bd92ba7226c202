# SPDX-License-Identifier: Apache-2.0
"""What the Python tests of this folder share: running the program in a fresh folder and reading what it left."""
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import uuid

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CONNECTORS = ROOT / "fixtures" / "connectors"
SAMPLES = HERE / "connectors"


ENGINES = ("sqlite", "postgres", "duckdb")
DUCKDB = ROOT / "build" / "clients" / "duckdb" / ("libduckdb.dylib" if sys.platform == "darwin" else "libduckdb.so")


def postgres_url():
    """The server that ctest started for its tests, or None."""
    file = pathlib.Path(os.environ.get("FSIM_TEST_POSTGRES", ""))
    return file.read_text(encoding="utf-8").splitlines()[0] if file.is_file() else None


def leave_without(engine):
    """Ends a test with 125, skipped, where what the engine needs is not installed."""
    lacking = ""
    if engine == "duckdb" and not DUCKDB.exists():
        lacking = f"no {DUCKDB.name} (scripts/get-duckdb fetches it)"
    if engine == "postgres" and postgres_url() is None:
        lacking = "no PostgreSQL server: ctest starts one where it is installed (scripts/install-deps all)"
    if lacking:
        print(lacking)
        raise SystemExit(1 if os.environ.get("FSIM_NO_SKIP") == "1" else 125)


def quiet_environment(**more):
    keep = {k: v for k, v in os.environ.items()
            if not k.startswith(("FIVETRAN_SIM", "AWS_", "GIT_")) and k not in {"CI", "NO_COLOR", "GITHUB_ACTIONS", "VIRTUAL_ENV"}}
    return {**keep, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC", **more}


def free_port():
    """A port of loopback that nobody has; the next one that asks may get it too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def tables(database):
    """Each table of a SQLite warehouse with its rows, in one order; system columns that tell of the run are left out."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    found = {}
    names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    for name in names:
        if name.startswith(("_fivetran", "sqlite_")):
            continue
        columns = [row[1] for row in connection.execute(f'pragma table_info("{name}")')]
        kept = sorted(c for c in columns if c not in {"_fivetran_synced", "_fivetran_batch", "_fivetran_index"})
        listed = ", ".join(f'"{column}"' for column in kept)
        found[name] = (kept, sorted(connection.execute(f'select {listed} from "{name}"'), key=repr))
    connection.close()
    return found


def processes_with(marker):
    """The ids of the processes whose environment holds the marker (Linux)."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


class ProgramTest(unittest.TestCase):
    """A test with a fresh folder, kept when the test fails, and the program under test."""

    program = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fsim-test-")).resolve()
        self.marker = f"FSIM_TEST_MARKER={uuid.uuid4()}"
        self.addCleanup(self.drop_folder)

    def drop_folder(self):
        outcome = self._outcome
        problems = getattr(getattr(outcome, "result", None), "failures", []) + getattr(getattr(outcome, "result", None), "errors", [])
        if any(test is self for test, _ in problems) or not getattr(outcome, "success", True):
            print(f"kept: {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, **more):
        name, value = self.marker.split("=")
        return quiet_environment(**{name: value}, **more)

    def start(self, *arguments, **more):
        return subprocess.Popen([str(self.program), *map(str, arguments)], cwd=self.folder, env=self.environment(**more),
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run_program(self, *arguments, exit_code=0, timeout=180, **more):
        """Runs the program to its end and returns what it wrote to stdout."""
        process = self.start(*arguments, **more)
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            out, err = process.communicate()
            self.fail(f"{arguments} did not end within {timeout} s\n{out}\n{err}")
        self.assertEqual(process.returncode, exit_code, f"{arguments}\n--- stdout\n{out}\n--- stderr\n{err}")
        return out

    def run_report(self, *arguments, **more):
        """Runs the program with a JSON report and returns the report."""
        self.run_program(*arguments, "--report", "json=report.json", **more)
        return json.loads((self.folder / "report.json").read_text(encoding="utf-8"))

    def assert_no_process_left(self, seconds=10):
        deadline = time.monotonic() + seconds
        while processes_with(self.marker):
            if time.monotonic() > deadline:
                self.fail(f"processes are left: {processes_with(self.marker)}")
            time.sleep(0.05)


def main():
    """Runs the tests of the calling file: FILE PROGRAM [unittest arguments]."""
    if len(sys.argv) < 2:
        raise SystemExit(f"usage: {sys.argv[0]} PROGRAM [unittest arguments]")
    ProgramTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(module="__main__")
