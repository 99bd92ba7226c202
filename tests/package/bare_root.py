# SPDX-License-Identifier: Apache-2.0
"""A bare system of a Debian release in a folder, made with debootstrap and entered with chroot. Needs root."""
import os
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / "build" / "roots"

# What a program that works shows, with no interpreter there: $1 is the program, $2 what is opened at run time.
SHOWS_THAT_IT_WORKS = r"""
set -eu
program=$1 opened=$2
cd "$(mktemp -d)"
"$program" --version
if ldd "$program" | grep 'not found'; then exit 1; fi
"$program" demo --to demo | tee out
grep -q '^Grace\|Grace' out
grep -q 'sync 2 succeeded' out
"$program" demo --defect ROW-04 | grep 'W ROW-04'
# says MESSAGE COMMAND…: it fails, with that message and not for want of a library.
says() { message=$1; shift; if "$@" >out 2>&1; then cat out; exit 1; fi; grep -i "$message" out || { cat out; exit 1; }; }
case $opened in *curl*) says 'refused\|could not connect\|failed to connect' "$program" run http://127.0.0.1:9/ --destination memory: ;; esac
case $opened in *pq*) says 'refused' "$program" tables --destination postgresql://nobody@127.0.0.1:9/nothing --schema s ;; esac
case $opened in *duckdb*) (cd demo && "$program" run cmd:./connector.sh --destination duckdb:w.duckdb | grep 'sync 1 succeeded') ;; esac
echo "it works"
"""


def mirror():
    """Where this machine gets its own packages."""
    listed = subprocess.run(["apt-get", "indextargets", "--format", "$(SITE)"], capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()[0]


def base(release):
    """The release as debootstrap makes it, kept in build/roots for the next time."""
    folder = CACHE / release
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        CACHE.mkdir(parents=True, exist_ok=True)
        log = CACHE / f"{release}.log"
        with log.open("w", encoding="utf-8") as output:
            subprocess.run(["debootstrap", "--variant=minbase", release, folder / "root", mirror()], stdout=output, stderr=output, check=True)
        (folder / "made").touch()
    return folder / "root"


class BareRoot:
    """A copy of a release to be changed; gone at the end."""

    def __init__(self, release):
        made = base(release)
        self.parent = tempfile.mkdtemp(prefix=f"fsim-{release}-")
        self.folder = pathlib.Path(self.parent) / "root"
        subprocess.run(["cp", "-a", "--reflink=auto", made, self.folder], check=True)
        shutil.copy("/etc/resolv.conf", self.folder / "etc" / "resolv.conf")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.parent)

    def start(self, argv, env=None, cwd="/", timeout=3600):
        """Runs a program in it, in namespaces of its own, which end with it."""
        enter = f'mount -t proc proc "{self.folder}/proc" && mount --rbind /dev "{self.folder}/dev" && exec chroot "{self.folder}" /bin/sh -c \'cd "$0" && exec "$@"\' "$@"'
        plain = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
                 "DEBIAN_FRONTEND": "noninteractive"}
        proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        return subprocess.run(["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", enter, "sh", cwd, *argv], env={**plain, **proxies, **(env or {})},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout)

    def run(self, script, *arguments, **more):
        """Runs a shell script in it; returns what it printed. Error: it failed."""
        done = self.start(["/bin/sh", "-c", script, "sh", *arguments], **more)
        if done.returncode != 0:
            raise AssertionError(f"exit code {done.returncode} of\n{script}\n{done.stdout[-4000:]}")
        return done.stdout
