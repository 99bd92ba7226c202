# SPDX-License-Identifier: Apache-2.0
"""Other people's readers of reports and CI files, which scripts/install-readers puts under build/readers."""
import os
import sys

import program

FOLDER = program.ROOT / "build" / "readers"
SARIF_SCHEMA = FOLDER / "sarif-2.1.0-rtm.5.json"
CHECK_JSONSCHEMA = FOLDER / "bin" / "check-jsonschema"


def require():
    """Goes on under the interpreter that has the readers; ends with 125, skipped, where they are not installed."""
    if os.environ.get("FSIM_READERS") == "1":
        return
    python = FOLDER / "bin" / "python"
    if not (FOLDER / "made-from").exists():
        print("no readers of reports (scripts/install-readers fetches them)")
        raise SystemExit(1 if os.environ.get("FSIM_NO_SKIP") == "1" else 125)
    os.execve(python, [str(python), *sys.argv], {**os.environ, "FSIM_READERS": "1"})
