# SPDX-License-Identifier: Apache-2.0
"""What failing_calls_test.py is made of: which calls fail how and when, and what has to hold after that."""
import errno
import json
import re
import shutil
import subprocess

import program

SHORT, EINTR = "short", errno.EINTR
UNNOTICED = {SHORT, EINTR}
FAULTS = {
    "open": (errno.EMFILE, EINTR), "read": (errno.EIO, EINTR, SHORT), "write": (errno.ENOSPC, errno.EIO, EINTR, SHORT),
    "pread": (errno.EIO, EINTR, SHORT), "pwrite": (errno.ENOSPC, errno.EIO, EINTR, SHORT), "fsync": (errno.EIO,),
    "ftruncate": (errno.ENOSPC,), "rename": (errno.ENOSPC,), "mkdir": (errno.ENOSPC,), "unlink": (errno.EACCES,), "opendir": (errno.EMFILE,),
    "chmod": (errno.EPERM,), "fcntl": (errno.ENOLCK,), "flock": (errno.ENOLCK, EINTR), "mmap": (errno.ENOMEM,), "malloc": (errno.ENOMEM,),
    "pipe": (errno.EMFILE,), "poll": (errno.ENOMEM, EINTR), "fork": (errno.EAGAIN,), "vfork": (errno.EAGAIN,), "thread": (errno.EAGAIN,),
    "wait": (errno.ECHILD, EINTR), "socketpair": (errno.EMFILE,), "socket": (errno.EMFILE,), "bind": (errno.EADDRINUSE,),
    "listen": (errno.EADDRINUSE,), "accept": (errno.EMFILE, errno.ECONNABORTED, EINTR), "connect": (errno.ECONNREFUSED, errno.ETIMEDOUT),
    "send": (errno.ECONNRESET, EINTR, SHORT), "sendmsg": (errno.EPIPE, EINTR, SHORT), "recv": (errno.ECONNRESET, EINTR, SHORT),
    "recvmsg": (errno.ECONNRESET, EINTR, SHORT), "sockname": (errno.ENOBUFS,), "sockopt": (errno.ENOBUFS,), "inotify": (errno.EMFILE,),
}
# Whatever is between us and the connector or the server breaks off.
LINE = ("connect", "poll", "send", "sendmsg", "recv", "recvmsg", "accept", "sockopt", "wait")


def moments(call, each):
    """Which of its calls fails, in turn: each one, or the first, third, eighth, 21st …"""
    if call == "malloc":  # there are thousands; the first come before main
        number = 400
        while True:
            yield number
            number = number * 5 // 4 + 1 if each else number * 3 + 40
    number, following = 1, 2
    while True:
        yield number
        number, following = (number + 1, 0) if each else (number + following, number + 2 * following)


def name_of(error):
    return error if error == SHORT else errno.errorcode[error]


class FailingCalls(program.ProgramTest):
    """A folder in which the program runs again and again, each time with one call that fails."""

    library, each = None, False
    kept = ()  # what a test has put into its folder
    unnoticed = UNNOTICED  # the errors that nobody may see
    line = LINE  # the calls whose failure may be the connector's, as far as the program can tell

    def setUp(self):
        super().setUp()
        self.tried = 0

    def attempt(self, words, call=None, number=0, error=0):
        """Runs the program with one failing call; returns its exit code, stderr, and whether the call came."""
        hit = self.folder / "hit"
        hit.unlink(missing_ok=True)
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        faults = {"LD_PRELOAD": self.library, "FSIM_FAIL": f"{call}:{number}:{error}", "FSIM_FAIL_LOG": str(hit)} if call else {}
        try:
            done = subprocess.run([self.program, *words], cwd=self.folder, env=self.environment(TMPDIR=str(temporary), **faults),
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        except subprocess.TimeoutExpired as hung:
            self.shown = (hung.stdout or b"").decode()
            return "it hangs", (hung.stderr or b"").decode(), hit.exists()
        self.shown = done.stdout
        return done.returncode, done.stderr, hit.exists()

    def clean(self, *kept):
        for path in self.folder.iterdir():
            if path.name not in {*self.kept, *kept}:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def each_failure(self, words, calls, check, kept=()):
        """`check` gets the exit code. `words` may be a function that makes new ones for each attempt."""
        for call in calls:
            for error in FAULTS[call]:
                for number in moments(call, self.each):
                    self.clean(*kept)
                    told_to = words() if callable(words) else words
                    code, told, came = self.attempt(told_to, call, number, error)
                    if not came:
                        break
                    self.tried += 1
                    with self.subTest(call=call, error=name_of(error), number=number):
                        self.check_end(code, told, call, error)
                        check(code)

    def check_end(self, code, told, call, error):
        """It ends well or says in one line, or in a finding on the connector, what did not work; nothing is left lying about."""
        lost = call in self.line and error not in UNNOTICED
        self.assertIn(code, (0,) if error in self.unnoticed else (0, 3, 4) if lost else (0, 4), told + self.shown)
        lines = [line for line in told.splitlines() if line.startswith("fivetran-sim: ")]
        # Beside the fault it may tell what it could not do for later, or what there is of a recording.
        spoken = [line for line in lines if not re.search(r"the report is not kept|: recorded \d+ calls? in ", line)]
        if code == 4:
            self.assertEqual(len(spoken), 1, told)
            self.assertRegex(spoken[0], "cannot|memory")
        elif code == 3:
            self.assertRegex(self.shown, r"\n  E [A-Z]+-\d\d ", told)
        left = [path for path in self.folder.rglob("*.tmp") if ".fivetran-sim" not in path.parts]
        if call not in ("unlink", "opendir"):
            left += list((self.folder / "tmp").iterdir())
        self.assertEqual(left, [], told)


class Loading(FailingCalls):
    """Runs that load three pages of 40 rows."""

    PAGES, ROWS = 3, 40

    def setUp(self):
        super().setUp()
        self.kept = ("pages", "connector.sh", "handler.py")
        (self.folder / "pages").mkdir()
        for page in range(self.PAGES):
            (self.folder / f"pages/{page + 1}.json").write_text(json.dumps({
                "state": {"page": page + 1}, "hasMore": page + 1 < self.PAGES, "schema": {"t": {"primary_key": ["id"]}},
                "insert": {"t": [{"id": page * self.ROWS + row, "text": "x" * 40} for row in range(self.ROWS)]}},
                separators=(",", ":")), encoding="utf-8")

    def rows_of_state(self, state):
        """How many rows lie beside a state."""
        return self.ROWS * json.loads(state or "{}").get("page", 0)

    def look(self, command, where):
        """What a command that only reads says of a warehouse; None where nothing was loaded yet."""
        words = [*command, *where]
        done = subprocess.run([self.program, *words], cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=60)
        if done.returncode == 0:
            return done.stdout.strip()
        self.assertRegex(done.stderr, "no such (file|table)|has no schema|does not exist|holds no ", f"{words}")
        return None

    def loaded(self, where):
        return self.look(["sql", "select id, text from t order by id", "--format", "json"], where)

    def check_loaded(self, words, where, reference, code):
        """Rows and state of the warehouse fit, and a further run brings the rest."""
        rows, state = self.loaded(where), self.look(["state", "show"], where)
        self.assertEqual(len(json.loads(rows)) if rows else 0, self.rows_of_state(state))
        if code != 0:
            again, told, _ = self.attempt(words)
            self.assertEqual(again, 0, told)
            rows = self.loaded(where)
        self.assertEqual(rows, reference)
