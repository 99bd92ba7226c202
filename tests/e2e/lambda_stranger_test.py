# SPDX-License-Identifier: Apache-2.0
"""lambda: against an invoke endpoint that is not ours: serverless-offline, which plays unmodified Lambda handlers."""
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import time

import program

CLIENT = program.ROOT / "build" / "clients" / "serverless_offline"
CLI_1 = program.ROOT / "build" / "clients" / "awscli1" / "bin"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-a-secret", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
SERVICE = """
service: orders
frameworkVersion: "3"
configValidationMode: "off"
provider: {name: aws, runtime: nodejs20.x, region: us-east-1}
plugins: [serverless-offline]
functions:
  node: {handler: index.handler}
  python: {handler: main.lambda_handler, runtime: python3.11}
"""


class StrangerTest(program.ProgramTest):
    @contextlib.contextmanager
    def serverless(self):
        folder = self.folder / "service"
        folder.mkdir()
        (folder / "serverless.yml").write_text(SERVICE, encoding="utf-8")
        (folder / "node_modules").symlink_to(CLIENT / "node_modules")
        shutil.copy(program.CONNECTORS / "orders-node" / "index.mjs", folder)
        shutil.copy(program.CONNECTORS / "orders-python" / "main.py", folder)
        port = program.free_port()
        with open(self.folder / "serverless.log", "w", encoding="utf-8") as log:
            server = subprocess.Popen(["node", "node_modules/serverless/bin/serverless.js", "offline", "--host", "127.0.0.1", "--httpPort", str(program.free_port()),
                                       "--lambdaPort", str(port)], cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                                      env=self.environment(**KEYS, SLS_TELEMETRY_DISABLED="1", SLS_NOTIFICATIONS_MODE="off", HOME=str(self.folder)))
        try:
            deadline = time.monotonic() + 150
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                said = (self.folder / "serverless.log").read_text(encoding="utf-8")
                self.assertIsNone(server.poll(), said)
                self.assertLess(time.monotonic(), deadline, said)
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    def load(self, name, target, *options, **environment):
        database = self.folder / f"{re.sub('[^a-z0-9]', '-', name)}.sqlite"
        self.run_program("run", target, *options, "--syncs", "3", "--setup-test", "--destination", f"sqlite:{database}", **environment)
        return program.tables(database)

    def test_the_same_tables_by_each_client(self):
        expected = self.load("expected", f"python:{program.CONNECTORS}/orders-python/main.py:lambda_handler")
        self.assertEqual(len(expected["orders"][1]) + len(expected["order_lines"][1]), 207)
        with self.serverless() as url:
            for function in ("orders-dev-node", "orders-dev-python"):
                for client, path in (("direct", ""), ("cli", f"{CLI_1}:"), ("cli", "/usr/bin:")):
                    if client == "cli" and (function.endswith("python") or not os.access(path[:-1] + "/aws", os.X_OK)):
                        continue
                    with self.subTest(f"{function} by {client} {path}"):
                        self.assertEqual(self.load(f"{function}-{client}{path}", f"lambda:{function}", "--lambda-client", client, "--endpoint-url", url,
                                                   **{**KEYS, "PATH": path + os.environ["PATH"]}), expected)
            # What its function raises is told with its words, in the type that this endpoint gives it.
            process = self.start("invoke", "lambda:orders-dev-node", "--lambda-client", "direct", "--endpoint-url", url, "--secret", "fail=yes", **KEYS)
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 3, err)
            self.assertIn("Error : the shop does not answer", err)


if __name__ == "__main__":
    if not (CLIENT / "made-from").exists() or not (CLI_1 / "aws").exists():
        print("skipped: serverless-offline or the AWS CLI is not installed (scripts/install-clients serverless_offline awscli1)")
        raise SystemExit(1 if os.environ.get("FSIM_NO_SKIP") else 125)
    program.main()
