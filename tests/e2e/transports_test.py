# SPDX-License-Identifier: Apache-2.0
"""One connector in every language over every transport that can carry it: the same warehouse each time, byte for byte but for the time of loading."""
import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
import urllib.request

import program

CLIENTS = program.ROOT / "build" / "clients"
CONNECTORS = program.CONNECTORS
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-a-secret", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
CLI_1, CLI_2 = CLIENTS / "awscli1" / "bin", "/usr/bin"

# Each language as the program that Lambda would start, and the options that it needs.
RIC = f"runtime:node {CLIENTS}/node/node_modules/aws-lambda-ric/bin/index.mjs index.handler"
LANGUAGES = {
    "python": (f"python:{CONNECTORS}/orders-python/main.py:lambda_handler", "--runtime-client", "built-in"),
    "python, AWS's client": (f"python:{CONNECTORS}/orders-python/main.py:lambda_handler", "--python", CLIENTS / "python/bin/python", "--runtime-client", "aws"),
    "node": (f"node:{CONNECTORS}/orders-node/index.mjs:handler", "--runtime-client", "built-in"),
    "node, AWS's client": (RIC, "--task-root", CONNECTORS / "orders-node"),
    "go": (f"runtime:{CLIENTS}/go/bootstrap",),
    "rust": (f"runtime:{CLIENTS}/rust/bootstrap",),
    "java": (f"runtime:java -cp {CLIENTS}/java/classes:{CLIENTS}/java/lib/* com.amazonaws.services.lambda.runtime.api.client.AWSLambda Orders::handle",),
    "c++": (f"runtime:{CLIENTS}/cpp/bootstrap",),
    "shell": (f"runtime:{CONNECTORS}/orders-shell/bootstrap",),
}


def dump(database):
    """Every table with every column but the time of loading, and the stored state."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    found = {}
    for (name, sql) in connection.execute("select name, sql from sqlite_master where type = 'table' order by name").fetchall():
        if name.startswith(("_fivetran_sim", "sqlite_")):
            continue
        columns = [row[1] for row in connection.execute(f'pragma table_info("{name}")') if row[1] != "_fivetran_synced"]
        listed = ", ".join(f'"{column}"' for column in columns)
        found[name] = (sql, columns, connection.execute(f'select {listed} from "{name}" order by 1, 2, 3').fetchall())
    connection.close()
    return found


class TransportTest(program.ProgramTest):
    expected = None

    def setUp(self):
        super().setUp()
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        if TransportTest.expected is None:
            TransportTest.expected = self.load("expected", *LANGUAGES["python"])
            self.assertEqual(len(TransportTest.expected["orders"][2]) + len(TransportTest.expected["order_lines"][2]), 207)

    def load(self, name, target, *options, **environment):
        """Syncs a target three times into a warehouse of its own and returns what lies there."""
        database = self.folder / f"{re.sub(r'[^a-z0-9]+', '-', name)}.sqlite"
        self.run_program("run", target, *options, "--syncs", "3", "--setup-test", "--destination", f"sqlite:{database}", **environment)
        return dump(database)

    def assert_same(self, name, target, *options, **environment):
        with self.subTest(name):
            self.assertEqual(self.load(name, target, *options, **environment), self.expected)

    @contextlib.contextmanager
    def served(self, language, *more, **environment):
        """The address at which a local connector answers as a Lambda function."""
        target, *options = LANGUAGES[language]
        process = self.start("serve", "lambda", target, *options, *more, **environment)
        first = process.stdout.readline()
        try:
            self.assertIn(" answers as a Lambda function at ", first, process.poll() is not None and process.stderr.read())
            yield re.search(r"http://127\.0\.0\.1:\d+", first).group(0)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)

    def aws(self, folder):
        """The environment in which the AWS CLI of that folder is found."""
        only = self.folder / f"bin{str(folder).replace('/', '-')}"
        only.mkdir(exist_ok=True)
        with contextlib.suppress(FileExistsError):
            (only / "aws").symlink_to(os.path.join(folder, "aws"))
        return {**KEYS, "PATH": f"{only}:{os.environ['PATH']}"}

    def test_a_process_a_call(self):
        self.assert_same("exec", f"cmd:python3 {CONNECTORS}/orders-python/main.py")

    def test_the_runtime_api(self):
        for language, (target, *options) in LANGUAGES.items():
            self.assert_same(language, target, *options)

    def test_http(self):
        for name, files, command in (
                ("python", {"main.py": f"import importlib.util\n"
                                       f"spec = importlib.util.spec_from_file_location('orders', {str(CONNECTORS / 'orders-python' / 'main.py')!r})\n"
                                       "orders = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(orders)\n"
                                       "def main(request):\n    return orders.lambda_handler(request.get_json(), None)\n"},
                 f"{CLIENTS}/functions_python/bin/functions-framework --target main --source main.py --port {{port}} --host 127.0.0.1"),
                ("node", {"index.js": f"exports.main = async (req, res) => res.json(await (await import({json.dumps(str(CONNECTORS / 'orders-node' / 'index.mjs'))})).handler(req.body));\n",
                          "package.json": '{"main": "index.js"}'},
                 f"{CLIENTS}/functions_node/node_modules/.bin/functions-framework --target=main --port={{port}}")):
            for file, text in files.items():
                (self.folder / file).write_text(text, encoding="utf-8")
            self.assert_same(f"functions-framework for {name}", f"serve:{command}")

    def test_lambda_invoke(self):
        for language in LANGUAGES:
            with self.served(language) as url:
                self.assert_same(f"lambda direct, {language}", "lambda:orders", "--lambda-client", "direct", "--endpoint-url", url, **KEYS)
                if language == "shell":
                    self.assert_same("the invoke address over HTTP", f"{url}/2015-03-31/functions/orders/invocations", "--platform", "aws")
        for name, folder, language in (("1", CLI_1, "go"), ("2", CLI_2, "rust")):
            with self.served(language) as url:
                self.assert_same(f"AWS CLI {name}, {language}", "lambda:orders", "--endpoint-url", url, **self.aws(folder))

    def test_s3_of_a_local_connector(self):
        target, *_ = LANGUAGES["python"]
        self.assert_same("S3, boto3", target, "--python", CLIENTS / "awscli1/bin/python", "--sync-method", "s3")
        target, *_ = LANGUAGES["node"]
        self.assert_same("S3, JavaScript", target, "--sync-method", "s3", NODE_PATH=str(CLIENTS / "s3_node/node_modules"))
        self.assert_same("S3, Go", LANGUAGES["go"][0], "--sync-method", "s3")

    @contextlib.contextmanager
    def moto(self):
        """An S3 that is not ours."""
        port = program.free_port()
        with open(self.folder / "moto.log", "w", encoding="utf-8") as log:
            server = subprocess.Popen([CLIENTS / "moto/bin/moto_server", "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log, env=self.environment(**KEYS))
        url = f"http://127.0.0.1:{port}"
        try:
            deadline = time.monotonic() + 60
            while True:
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(urllib.request.Request(f"{url}/orders-bucket", method="PUT"), timeout=10).close()
                    break
                self.assertLess(time.monotonic(), deadline, (self.folder / "moto.log").read_text())
                self.assertIsNone(server.poll(), (self.folder / "moto.log").read_text())
                time.sleep(0.1)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=30)

    def test_s3_of_a_deployed_connector(self):
        options = ("--sync-method", "s3", "--bucket", "orders-bucket", "--endpoint-url")
        with self.moto() as s3:
            with self.served("go", "--env", f"AWS_ENDPOINT_URL_S3={s3}", *(f"--env={name}={value}" for name, value in KEYS.items())) as url:
                for name, folder in (("1", CLI_1), ("2", CLI_2)):
                    self.assert_same(f"S3 by AWS CLI {name}", "lambda:orders", *options, url, "--lambda-client", "direct", **self.aws(folder), AWS_ENDPOINT_URL_S3=s3)
                self.assert_same("S3 and invoke by AWS CLI 2", "lambda:orders", *options, url, **self.aws(CLI_2), AWS_ENDPOINT_URL_S3=s3)
            # A function that writes nothing, and a bucket that is not there.
            (self.folder / "none.py").write_text("def lambda_handler(event, context):\n    return {'state': {}, 'hasMore': False}\n", encoding="utf-8")
            LANGUAGES["none"] = (f"python:{self.folder}/none.py",)
            try:
                with self.served("none") as url:
                    for folder in (CLI_1, CLI_2):
                        environment = {**self.aws(folder), "AWS_ENDPOINT_URL_S3": s3}
                        out = self.run_program("run", "lambda:f", *options, url, "--lambda-client", "direct", "--destination", "memory:", exit_code=1, **environment)
                        self.assertIn("S3-01 file-missing", out)
                        process = self.start("run", "lambda:f", *options[:3], "no-such-bucket", "--endpoint-url", url, "--lambda-client", "direct", "--destination", "memory:", **environment)
                        _, err = process.communicate(timeout=60)
                        self.assertEqual(process.returncode, 2, err)
                        self.assertRegex(err, r"^fivetran-sim: cannot read s3://no-such-bucket/fivetran/.*: there is no bucket no-such-bucket \(check --bucket.*\)\n$")
            finally:
                del LANGUAGES["none"]


def missing():
    """What this machine lacks."""
    lacking = [name for name in ("python", "node", "go", "rust", "java", "cpp", "awscli1", "functions_python", "functions_node", "s3_node", "moto")
               if not (CLIENTS / name / "made-from").exists()]
    lacking += [name for name in ("node", "java", "curl", "/usr/bin/aws") if not shutil.which(name)]
    return lacking


if __name__ == "__main__":
    if lacking := missing():
        print(f"skipped: not installed: {', '.join(lacking)} (scripts/install-deps all and scripts/install-clients all install them)")
        raise SystemExit(1 if os.environ.get("FSIM_NO_SKIP") else 125)
    program.main()
