#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Our clients of the Lambda Runtime API and AWS's own give the same answers to odd handlers.

    aws_clients_test.py UNIT_CONNECTORS

The tables of outcomes in python_test.cpp, node_test.cpp and lifecycle_test.cpp hold for our clients; here the same
tests run with awslambdaric and aws-lambda-ric in their place. What may differ (log lines, inner frames of a trace)
is said there. Exits 125, skipped, when scripts/install-clients has not installed both; with FSIM_NO_SKIP=1 that is
a failure.
"""
import os
import pathlib
import subprocess
import sys

CLIENTS = pathlib.Path(__file__).resolve().parents[3] / "build" / "clients"


def main():
    lacking = [name for name in ("python", "node") if not (CLIENTS / name / "made-from").exists()]
    if lacking:
        print(f"AWS's client for {' and '.join(lacking)} is not installed (scripts/install-clients {' '.join(lacking)})")
        return 1 if os.environ.get("FSIM_NO_SKIP") == "1" else 125
    environment = dict(os.environ, FSIM_TEST_AWS_CLIENTS="1", VIRTUAL_ENV=str(CLIENTS / "python"),
                       NODE_PATH=str(CLIENTS / "node" / "node_modules"))
    sources = "*python_test.cpp,*node_test.cpp,*lifecycle_test.cpp"
    return subprocess.run([sys.argv[1], f"--source-file={sources}"], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
