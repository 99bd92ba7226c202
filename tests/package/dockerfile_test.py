#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does what the Dockerfile says in bare systems made with debootstrap, then starts its entry point: dockerfile_test.py

Knows the instructions that the Dockerfile uses and refuses others. Needs root, debootstrap and the network.
"""
import io
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tarfile

from bare_root import ROOT, BareRoot


def instructions(text):
    """(word, rest) of each instruction; comments and continued lines are taken care of."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [tuple(line.strip().split(None, 1)) for line in joined.splitlines() if line.strip()]


def left_out(name, patterns):
    """Whether .dockerignore leaves a file out; a pattern is a name at the top, or `**/NAME` for a name anywhere."""
    parts = pathlib.PurePosixPath(name).parts
    return any(pattern[3:] in parts if pattern.startswith("**/") else pattern == parts[0] for pattern in patterns)


def copy_source(target):
    """What `COPY . .` takes of a fresh clone: what is committed, less what .dockerignore names."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    for pattern in patterns:
        assert re.fullmatch(r"(\*\*/)?[\w.-]+", pattern), f".dockerignore: {pattern}: this test does not know such patterns"
    committed = subprocess.run(["git", "-c", "safe.directory=*", "archive", "--format=tar", "HEAD"], cwd=ROOT, capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(committed.stdout)) as archive:
        taken = [member for member in archive if not left_out(member.name, patterns)]
        archive.extractall(target, taken)
    print(f"copied {sum(member.isfile() for member in taken)} files", flush=True)


class Stage:
    def __init__(self, release):
        self.root, self.work, self.entry, self.command = BareRoot(release), "/", [], []

    def inside(self, path):
        return self.root.folder / str(pathlib.PurePosixPath(self.work) / path).lstrip("/")

    def copy(self, rest, stages):
        words = shlex.split(rest)
        target = self.inside(words[-1])
        target.mkdir(parents=True, exist_ok=True)
        if words[0].startswith("--from="):
            (source,) = words[1:-1]
            shutil.copytree(stages[words[0][7:]].inside(source), target, symlinks=True, dirs_exist_ok=True)
        else:
            assert words == [".", "."], rest
            copy_source(target)


def follow(path):
    """All stages, the last one first."""
    stages, stage = {}, None
    for word, rest in instructions(path.read_text(encoding="utf-8")):
        print(f"{word} {rest}"[:150], flush=True)
        if word == "FROM":
            image, name = re.fullmatch(r"debian:(\w+)-slim(?: AS (\w+))?", rest).groups()
            stages[name or "last"] = stage = Stage(image)
        elif word == "RUN":
            stage.root.run(rest, cwd=stage.work)
        elif word == "COPY":
            stage.copy(rest, stages)
        elif word == "WORKDIR":
            stage.work = rest
            stage.inside(".").mkdir(parents=True, exist_ok=True)
        elif word == "ENTRYPOINT":
            stage.entry = json.loads(rest)
        elif word == "CMD":
            stage.command = json.loads(rest)
        else:
            raise SystemExit(f"the Dockerfile uses {word}, which this test does not know")
    return stages


def main():
    stages = follow(ROOT / "Dockerfile")
    image = stages["last"]
    try:
        start = lambda *words: image.root.start([*image.entry, *words], cwd=image.work)
        assert "Examples:" in start(*image.command).stdout
        for connector, target in (("connector.py", "connector.py"), ("connector.mjs", "connector.mjs:handler"), ("connector.sh", "connector.sh")):
            for file in (connector, "orders.csv"):
                shutil.copy(ROOT / "fixtures" / "connectors" / "demo" / file, image.inside(file))
            done = start("run", target, "--destination", "memory:")
            assert done.returncode == 0 and "sync 1 succeeded: 7 rows" in done.stdout, done.stdout
        done = start("run", "http://127.0.0.1:9/", "--destination", "memory:")
        assert "refused" in done.stdout.lower() or "connect" in done.stdout.lower(), done.stdout
        print("the image's program runs handlers in Python and Node and a shell script")
    finally:
        for stage in stages.values():
            with stage.root:
                pass


if __name__ == "__main__":
    sys.exit(main())
