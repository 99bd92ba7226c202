#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `scripts/package` left in build/packages, on this machine: packages_test.py [unittest arguments].

bare_root_test.py tries the same in systems that have nothing.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PACKAGES = ROOT / "build" / "packages"
BUILD = ROOT / "build" / "release"
# What stays the system's: the C library with its parts, the loader, what name look-ups bring.
SYSTEM = re.compile(r"/(ld-linux[^/]*|lib(c|m|dl|rt|pthread|resolv|util|nss_[a-z]+)\.so[.0-9]*)$")


def run(*argv, cwd=None, code=0, **env):
    done = subprocess.run([str(word) for word in argv], cwd=cwd, env={"PATH": os.environ["PATH"], "HOME": str(cwd or "/"), **env}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == code, f"{argv}: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout + done.stderr


def package(pattern):
    (file,) = PACKAGES.glob(pattern)
    return file


class PackagesTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fsim-packages-")).resolve()
        self.addCleanup(shutil.rmtree, self.folder)

    def unpacked(self):
        run("tar", "-xzf", package("fivetran-sim-*-linux-*.tar.gz"), "-C", self.folder)
        (top,) = self.folder.iterdir()
        return top

    def loaded(self, program, *arguments, **more):
        """The libraries that the loader took in, by what it says of itself."""
        text = run(program, *arguments, LD_DEBUG="libs", **more)
        return {pathlib.Path(path).resolve() for path in re.findall(r"calling init: (/\S+)", text)}

    def test_the_archive_uses_its_own_libraries(self):
        top = self.unpacked()
        program, own = top / "bin" / "fivetran-sim", top / "lib" / "fivetran-sim"
        asked = {"curl": (["run", "http://127.0.0.1:9/", "--destination", "memory:"], 4),
                 "pq": (["tables", "--destination", "postgresql://nobody@127.0.0.1:9/nothing", "--schema", "s"], 4)}
        if (own / "libduckdb.so").exists():
            asked["duckdb"] = (["tables", "--destination", "duckdb:new.duckdb"], 4)
        for library, (arguments, code) in asked.items():
            paths = self.loaded(program, *arguments, cwd=self.folder, code=code)
            self.assertTrue(any(path.name.startswith(f"lib{library}.so") for path in paths), (library, paths))
            strangers = [str(path) for path in paths if path.parent != own and not SYSTEM.search(str(path))]
            self.assertEqual(strangers, [], library)

    def test_the_archive_holds_what_is_installed_and_each_licence(self):
        top = self.unpacked()
        for file in ("share/man/man1/fivetran-sim.1", "share/bash-completion/completions/fivetran-sim", "share/zsh/site-functions/_fivetran-sim",
                     "share/fish/vendor_completions.d/fivetran-sim.fish", "share/doc/fivetran-sim/copyright"):
            self.assertGreater((top / file).stat().st_size, 500, file)
        licences = top / "share/doc/fivetran-sim/licences"
        listed = dict(line.split() for line in (licences / "LIBRARIES").read_text(encoding="utf-8").splitlines())
        for library in (top / "lib/fivetran-sim").iterdir():
            self.assertFalse(library.is_symlink(), library)  # npm leaves links out
            self.assertIn("opyright", (licences / listed.pop(library.name)).read_text(encoding="utf-8"), library)
        self.assertEqual(listed, {})

    def test_the_debian_package(self):
        file = package("fivetran-sim_*.deb")
        depends = run("dpkg-deb", "-f", file, "Depends")
        for library in ("libc6", "libsqlite3-0", "libstdc++6", "libsimdjson"):
            self.assertIn(library, depends)
        self.assertIn("libcurl4", run("dpkg-deb", "-f", file, "Recommends"))
        run("dpkg-deb", "-x", file, self.folder)
        names = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        self.assertEqual(names, ["usr/bin/fivetran-sim", "usr/share/bash-completion/completions/fivetran-sim", "usr/share/doc/fivetran-sim/copyright",
                                 "usr/share/fish/vendor_completions.d/fivetran-sim.fish", "usr/share/man/man1/fivetran-sim.1",
                                 "usr/share/zsh/vendor-completions/_fivetran-sim"])
        self.assertIn("fivetran-sim", run(self.folder / "usr/bin/fivetran-sim", "--version"))

    @unittest.skipUnless(shutil.which("npm") or os.environ.get("FSIM_NO_SKIP") == "1", "no npm here")
    def test_the_npm_package_in_a_node_project(self):
        project = self.folder / "project"
        project.mkdir()
        (project / "package.json").write_text('{"name": "orders", "private": true}', encoding="utf-8")
        (project / "index.js").write_text('exports.handler = async () => ({ state: {}, insert: { t: [{ id: 1 }] }, schema: { t: { primary_key: ["id"] } }, '
                                          "hasMore: false });\n", encoding="utf-8")
        run("npm", "install", "--offline", "--no-audit", "--no-fund", "--save-dev", package("fivetran-sim-*.tgz"), cwd=project)
        self.assertIn("succeeded: 1 row", run("npx", "--no-install", "fivetran-sim", "run", "index.js:handler", cwd=project))
        own = project / "node_modules" / "fivetran-sim"
        paths = self.loaded(own / "bin" / "fivetran-sim", "run", "http://127.0.0.1:9/", "--destination", "memory:", cwd=project, code=4)
        self.assertTrue(any(path.parent == own / "lib" / "fivetran-sim" and path.name.startswith("libcurl") for path in paths))
        self.assertEqual(json.loads((own / "package.json").read_text(encoding="utf-8"))["version"], run(own / "bin" / "fivetran-sim", "--version").split()[1])
        run("npm", "uninstall", "--offline", "--no-audit", "--no-fund", "fivetran-sim", cwd=project)
        self.assertFalse(own.exists())

    def test_install_and_uninstall(self):
        prefix = self.folder / "prefix"
        (prefix / "share" / "doc").mkdir(parents=True)
        (prefix / "share" / "doc" / "mine").write_text("stays", encoding="utf-8")
        run("cmake", "--install", BUILD, "--prefix", prefix)
        self.assertIn("fivetran-sim", run(prefix / "bin" / "fivetran-sim", "--version"))
        self.assertFalse((prefix / "lib").exists())
        run("cmake", "--build", BUILD, "--target", "uninstall")
        self.assertEqual([path.name for path in prefix.rglob("*") if path.is_file() or "fivetran" in path.name], ["mine"])
        self.assertIn("nothing to uninstall", run("cmake", f"-DMANIFEST={self.folder}/none", "-P", ROOT / "cmake" / "Uninstall.cmake", code=1))


if __name__ == "__main__":
    unittest.main()
