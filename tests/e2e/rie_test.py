# SPDX-License-Identifier: Apache-2.0
"""http:// targets against AWS's own Lambda Runtime Interface Emulator, with the orders connector in Go behind it."""
import contextlib
import os
import socket
import subprocess
import time

import program

CLIENTS = program.ROOT / "build" / "clients"
RIE, GO = CLIENTS / "rie" / "aws-lambda-rie", CLIENTS / "go" / "bootstrap"


class EmulatorTest(program.ProgramTest):
    @contextlib.contextmanager
    def emulator(self, *command, **environment):
        port = program.free_port()
        server = subprocess.Popen([RIE, "--runtime-interface-emulator-address", f"127.0.0.1:{port}", "--runtime-api-address", f"127.0.0.1:{program.free_port()}", *command],
                                  cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  env=self.environment(AWS_LAMBDA_FUNCTION_TIMEOUT="30", **environment))
        try:
            deadline = time.monotonic() + 30
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                self.assertLess(time.monotonic(), deadline, "the emulator does not listen")
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations"
        finally:
            server.kill()
            server.wait()

    def load(self, name, target):
        self.run_program("run", target, "--syncs", "3", "--setup-test", "--destination", f"sqlite:{name}.sqlite")
        return program.tables(self.folder / f"{name}.sqlite")

    def test_the_same_tables_as_without_it(self):
        with self.emulator(GO) as url:
            self.assertEqual(self.load("emulator", url), self.load("runtime", f"runtime:{GO}"))

    def test_an_error_and_a_crash_are_told(self):
        with self.emulator(GO) as url:
            process = self.start("invoke", url, "--secret", "fail=yes")
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 3, err)
            self.assertIn("the shop does not answer", err)
        with self.emulator("/bin/false") as url:
            process = self.start("invoke", url)
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 3, err)
            self.assertIn("INV-02", err)  # this version says 502 where earlier ones gave 200 and no body


if __name__ == "__main__":
    if not RIE.exists() or not GO.exists():
        print("skipped: the emulator is not installed (scripts/install-clients rie go)")
        raise SystemExit(1 if os.environ.get("FSIM_NO_SKIP") else 125)
    program.main()
