# SPDX-License-Identifier: Apache-2.0
"""Installs the peers of the load and check benchmarks under build/bench-peers, in pinned versions."""
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / "build" / "bench-peers"
# Environments of Python; the Singer target has its own, as its kind is installed. Targets for SQLite need a Python before 3.10.
PIP = {"python": ["orjson==3.13.0", "sqlite-utils==4.2.1", "duckdb==2.0.1", "dlt==1.31.0", "fastjsonschema==2.22.3", "jsonschema==4.26.0"],
       "singer": ["target-duckdb==0.8.0", "duckdb==2.0.1"]}
NPM = {"ajv": "8.20.0", "better-sqlite3": "12.11.1"}


def quiet(command, **options):
    """Runs a command; what it printed last when it failed, else None."""
    try:
        done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                              stdin=subprocess.DEVNULL, **options)
    except OSError as error:
        return str(error)
    lines = done.stdout.strip().splitlines() or ["it printed nothing"]
    return None if done.returncode == 0 else next((line for line in lines if "error" in line.lower()), lines[-1])[:200]


def python(environment):
    return FOLDER / environment / "bin" / "python"


def install_python(environment, packages):
    made, wanted = FOLDER / environment / "made-from", "\n".join(packages)
    with contextlib.suppress(OSError):
        if made.read_text(encoding="utf-8") == wanted:
            return None
    problem = (quiet([sys.executable, "-m", "venv", "--clear", FOLDER / environment])
               or quiet([python(environment), "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages]))
    if problem is None:
        made.write_text(wanted, encoding="utf-8")
    return problem


def node_gyp():
    """npm's own node-gyp, which builds against the headers of the installed Node without fetching any."""
    npm = shutil.which("npm")
    found = pathlib.Path(npm).resolve().parents[1] / "node_modules/node-gyp/bin/node-gyp.js" if npm else None
    return found if found and found.exists() else None


def build_better_sqlite3(folder):
    module = folder / "node_modules/better-sqlite3"
    if (module / "build/Release/better_sqlite3.node").exists():
        return None
    node = shutil.which("node")
    prefix = pathlib.Path(node).resolve().parents[1] if node else None
    if not prefix or not (prefix / "include/node/node.h").exists() or not node_gyp():
        return "its prebuilt binary is not in npm's registry, and this Node has no headers to build it with"
    return quiet(["node", node_gyp(), "rebuild", "--release", f"--nodedir={prefix}"], cwd=module)


def install_node():
    folder, problems = FOLDER / "node", {}
    folder.mkdir(parents=True, exist_ok=True)
    missing = [f"{name}@{version}" for name, version in NPM.items() if not (folder / "node_modules" / name / "package.json").exists()]
    if missing:
        problem = quiet(["npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", *missing])
        if problem:
            return dict.fromkeys(NPM, problem)
    problem = build_better_sqlite3(folder)
    if problem:
        problems["better-sqlite3"] = problem
    return problems


def install():
    """Installs what is missing; what went wrong, by the name of the environment or package."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    problems = {}
    for environment, packages in PIP.items():
        problem = install_python(environment, packages)
        if problem:
            problems[environment] = problem
    return problems | install_node()


def node_environment():
    return {"NODE_PATH": str(FOLDER / "node" / "node_modules"), "PATH": os.environ.get("PATH", "")}


def versions():
    """Of everything that is measured, one text each."""
    def first(command):
        with contextlib.suppress(OSError, IndexError):
            return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip().splitlines()[0]
        return "none"
    import sqlite3
    return ([f"Python {sys.version.split()[0]} (SQLite {sqlite3.sqlite_version})", f"Node {first(['node', '--version'])}", first(["jq", "--version"])]
            + [package.replace("==", " ") for packages in PIP.values() for package in packages] + [f"{name} {version}" for name, version in NPM.items()])
