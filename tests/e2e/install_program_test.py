# SPDX-License-Identifier: Apache-2.0
"""scripts/install-program, the Action's build step, from a fresh copy of what git knows.

The build itself is the program's own, which .ci/run makes anyway, so cmake is a stand-in here that notes how it was called and gives the
program under test; scripts/nightly runs the same from a fresh clone with the real one.
"""
import os
import shutil
import subprocess

import program

CMAKE = """#!/bin/sh
echo "$*" >>"$CALLS"
[ "$FAIL" != 1 ] || { echo "no compiler here"; exit 1; }
case "$*" in *--build*) mkdir -p build/release && cp "$PROGRAM" build/release/fivetran-sim ;; esac
"""


class InstallProgramTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.copy, self.calls = self.folder / "copy", self.folder / "calls.txt"
        for file in ("scripts/install-program", "scripts/install-deps", "CMakePresets.json"):
            (self.copy / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(program.ROOT / file, self.copy / file)
        stand_ins = self.folder / "stand-ins"
        stand_ins.mkdir()
        (stand_ins / "cmake").write_text(CMAKE, encoding="utf-8")
        (stand_ins / "cmake").chmod(0o755)
        self.path = f"{stand_ins}{os.pathsep}{os.environ['PATH']}"

    def install(self, *words, **more):
        environment = self.environment(PATH=self.path, CALLS=str(self.calls), PROGRAM=str(self.program), **more)
        done = subprocess.run([self.copy / "scripts" / "install-program", *words], cwd=self.folder, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_a_folder_gets_the_program(self):
        for _ in range(2):  # the second time it replaces the first one
            code, said = self.install("bin")
            self.assertEqual(code, 0, said)
            self.assertIn(f"install-program: {self.folder}/bin/fivetran-sim is ready", said)
            self.assertIn(f'not on the PATH; for this terminal: export PATH="{self.folder}/bin:$PATH"', said)
        self.path = f"{self.path}{os.pathsep}{self.folder}/bin"
        self.assertNotIn("not on the PATH", self.install("bin")[1])
        self.assertEqual(os.listdir(self.folder / "bin"), ["fivetran-sim"])
        version = subprocess.run([self.folder / "bin" / "fivetran-sim", "--version"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(version, self.run_program("--version"))
        calls = self.calls.read_text(encoding="utf-8").splitlines()
        self.assertEqual(calls, ["--preset release", "--build --preset release --target fivetran-sim"] * 3)
        known = subprocess.run(["cmake", "--list-presets=all", "."], cwd=program.ROOT, capture_output=True, text=True, check=True).stdout
        self.assertEqual(known.count('"release"'), 2, "a preset to configure and one to build")

    def test_a_build_that_fails_is_told_and_installs_nothing(self):
        code, said = self.install("bin", FAIL="1")
        self.assertEqual(code, 1)
        self.assertIn("no compiler here\ninstall-program: the build failed, all of its output is in build/install-program.log", said)
        self.assertEqual(os.listdir(self.folder / "bin"), [])

    def test_without_a_folder_it_says_how(self):
        self.assertEqual(self.install(), (2, "usage: scripts/install-program FOLDER\n"))


if __name__ == "__main__":
    program.main()
