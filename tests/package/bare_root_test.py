#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tries the packages of scripts/package in bare systems: bare_root_test.py [RELEASE…], by default bookworm and trixie.

The archive has to work in each; the Debian package in the release that it was made on. Needs root and debootstrap.
"""
import pathlib
import shutil
import sys

from bare_root import ROOT, SHOWS_THAT_IT_WORKS, BareRoot

PACKAGES = ROOT / "build" / "packages"


def this_release():
    lines = pathlib.Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return next((line.split("=")[1] for line in lines if line.startswith("VERSION_CODENAME=")), "")


def package(pattern):
    (file,) = PACKAGES.glob(pattern)
    return file


def try_archive(release):
    with BareRoot(release) as root:
        archive = package("fivetran-sim-*-linux-*.tar.gz")
        shutil.copy(archive, root.folder / "archive.tar.gz")
        # debootstrap's smallest system has tar and gzip.
        root.run("mkdir /opt/fivetran-sim && tar -xzf archive.tar.gz -C /opt/fivetran-sim --strip-components=1")
        opened = "curl pq" + (" duckdb" if (root.folder / "opt/fivetran-sim/lib/fivetran-sim/libduckdb.so").exists() else "")
        print(root.run(SHOWS_THAT_IT_WORKS, "/opt/fivetran-sim/bin/fivetran-sim", opened).splitlines()[-1], f"({release}, archive, {opened})", flush=True)
        # Through a link on the PATH as well: the libraries are found from where the program really lies.
        root.run("ln -s /opt/fivetran-sim/bin/fivetran-sim /usr/local/bin/ && fivetran-sim --version")


def try_debian_package(release):
    with BareRoot(release) as root:
        shutil.copy(package("fivetran-sim_*.deb"), root.folder / "fivetran-sim.deb")
        root.run("apt-get update && apt-get install -y /fivetran-sim.deb")
        print(root.run(SHOWS_THAT_IT_WORKS, "/usr/bin/fivetran-sim", "curl").splitlines()[-1], f"({release}, Debian package)", flush=True)
        for file in ("share/man/man1/fivetran-sim.1", "share/bash-completion/completions/fivetran-sim", "share/zsh/vendor-completions/_fivetran-sim",
                     "share/fish/vendor_completions.d/fivetran-sim.fish", "share/doc/fivetran-sim/copyright"):
            assert (root.folder / "usr" / file).is_file(), file
        root.run("apt-get install -y libpq5")
        root.run(SHOWS_THAT_IT_WORKS, "/usr/bin/fivetran-sim", "curl pq")
        root.run("apt-get remove -y fivetran-sim")
        left = [path for path in (root.folder / "usr").rglob("*fivetran*")]
        assert not left, left


def main():
    for release in sys.argv[1:] or ["bookworm", "trixie"]:
        try_archive(release)
        if release == this_release():
            try_debian_package(release)


if __name__ == "__main__":
    main()
