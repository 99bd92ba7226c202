#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Goes a stranger's way on a bare machine: walk_test.py [--keep] [RELEASE…], by default bookworm.

In a system made with debootstrap, which holds a clone of this repository (what is committed) and nothing else of it: `scripts/quickstart`,
as README.md says, then docs/first-hour.md up to where an account of Amazon is needed, each command as it stands there, compared with
what the page shows. --keep leaves the system to be looked at. Needs root, debootstrap and the network; a release takes as long as the
program takes to build.
"""
import pathlib
import re
import subprocess
import sys
import time

from bare_root import ROOT, BareRoot

sys.path.insert(0, str(ROOT / "tests" / "e2e"))
import docs_pages  # noqa: E402

HOME = "/root"
CLONE = f"{HOME}/fivetran-sim"
# Where the steps begin that need credentials.
LAST_HEADING = "## 7. "


class Stranger:
    """Who types into a terminal of the system: one command after the other, each where the one before ended."""

    def __init__(self, root):
        self.root, self.place = root, HOME

    def types(self, command, code=0):
        """What it printed to stdout and to stderr."""
        script = f'PATH={HOME}/.local/bin:$PATH\nexec 2>/tmp/errors\ncd "$1"\n{command}\ncode=$?; pwd >/tmp/where; exit $code'
        done = self.root.start(["bash", "-c", script, "bash", self.place])
        self.place = (self.root.folder / "tmp/where").read_text(encoding="utf-8").strip()
        errors = (self.root.folder / "tmp/errors").read_text(encoding="utf-8")
        if done.returncode != code:
            raise AssertionError(f"exit code {done.returncode} of {command}\n{done.stdout[-4000:]}\n{errors[-4000:]}")
        return done.stdout, errors

    def inside(self, path):
        return self.root.folder / self.place.lstrip("/") / path


def quickstart(stranger):
    begin = time.monotonic()
    stranger.place = CLONE
    shown, told = stranger.types("scripts/quickstart")
    for line in ("first sync", "sync 1 succeeded", "second sync", "sync 2 succeeded", "look at the data", "To start over"):
        assert line in shown, f"{line} is not in\n{shown}"
    # Compilers to come will warn of more; a build for users does not end by that.
    log, _ = stranger.types("cat build/quickstart.log")
    print(told, shown, f"quickstart: {time.monotonic() - begin:.0f} s, {len(re.findall(': warning: ', log))} warnings", sep="\n", flush=True)


def first_hour(stranger):
    stranger.place = CLONE
    print(*stranger.types("scripts/install-program ~/.local/bin"))
    stranger.place = HOME
    page = (ROOT / "docs" / "first-hour.md").read_text(encoding="utf-8").split(LAST_HEADING)[0]
    done = 0
    for step in docs_pages.steps(page):
        if step.kind == "file":
            stranger.inside(step.text).write_text("\n".join(step.body) + "\n", encoding="utf-8")
        elif step.kind == "setup":  # what the text says beside the commands
            stranger.types(step.text)
        elif step.kind == "run":
            shown = stranger.types(step.text, step.exit_code)
            lacking = docs_pages.missing(step.body, shown, pathlib.PurePosixPath(HOME))
            assert lacking is None, f"line {step.line}, {step.text}: the page shows a line that does not come: {lacking}\n" + "\n".join(shown)
            done += 1
        else:
            raise AssertionError(f"line {step.line}: {step.kind} in a part of the page for which this has nothing")
    assert done > 10, done
    print(f"first hour: {done} commands as the page shows them", flush=True)


def walk(release, keep):
    root = BareRoot(release)
    try:
        subprocess.run(["git", "-c", "safe.directory=*", "clone", "-q", f"file://{ROOT}", root.folder / CLONE.lstrip("/")], check=True)
        stranger = Stranger(root)
        quickstart(stranger)
        first_hour(stranger)
    finally:
        if keep:
            print(f"{release}: {root.folder}", flush=True)
        else:
            with root:
                pass


def main():
    words = sys.argv[1:]
    keep = "--keep" in words
    for release in [word for word in words if word != "--keep"] or ["bookworm"]:
        walk(release, keep)
        print(f"{release}: a stranger comes to a checked connector", flush=True)


if __name__ == "__main__":
    main()
