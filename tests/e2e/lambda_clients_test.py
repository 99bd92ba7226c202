# SPDX-License-Identifier: Apache-2.0
"""lambda: targets through real AWS CLIs of both major versions and through our own signed requests: the same outcome each time."""
import contextlib
import json
import os
import re
import signal
import subprocess

import lambda_endpoint
import program

CLI_1 = program.ROOT / "build" / "clients" / "awscli1" / "bin"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI-not-a-secret", "AWS_REGION": "us-east-1"}
SDK = {**KEYS, "AWS_DEFAULT_REGION": "us-east-1"}  # version 1 of the CLI does not know AWS_REGION


def version_of(aws):
    said = subprocess.run([aws, "--version"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout
    found = re.search(r"aws-cli/(\d+)\.", said)
    return int(found.group(1)) if found else 0


def command_lines():
    """The folder of an AWS CLI by its major version."""
    found = {}
    folders = [str(CLI_1), *os.environ.get("PATH", "").split(":"), "/usr/bin"]
    for folder in folders:
        aws = os.path.join(folder, "aws")
        if os.access(aws, os.X_OK):
            found.setdefault(version_of(aws), folder)
    return {major: folder for major, folder in found.items() if major in (1, 2)}


CLIS = command_lines()
CLIENTS = ["direct", *(f"cli {major}" for major in sorted(CLIS))]


class LambdaTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.endpoint = self.stack.enter_context(lambda_endpoint.Endpoint())
        (self.folder / "tmp").mkdir()

    def client(self, client, **more):
        """Arguments and environment that make the program use a client."""
        kind, _, major = client.partition(" ")
        path = os.environ["PATH"]
        if major:
            # A folder with nothing but that CLI in front, so that it is the one that is found.
            only = self.folder / f"bin{major}"
            if not only.exists():
                only.mkdir()
                (only / "aws").symlink_to(os.path.join(CLIS[int(major)], "aws"))
            path = f"{only}:{path}"
        environment = {**KEYS, "PATH": path, "HOME": str(self.folder), "TMPDIR": str(self.folder / "tmp"), **more}
        return ["--lambda-client", kind], {name: value for name, value in environment.items() if value is not None}

    def run_function(self, name, client, *arguments, exit_code=0, **more):
        """Runs one sync of a function of the endpoint and returns its report and what stood on stderr."""
        options, environment = self.client(client, **more)
        (self.folder / "report.json").unlink(missing_ok=True)
        process = self.start("run", f"lambda:{name}", "--endpoint-url", self.endpoint.url, *options, "--destination", "memory:",
                             "--report", "json=report.json", *arguments, **environment)
        _, err = process.communicate(timeout=180)
        self.assertEqual(process.returncode, exit_code, f"{name} by {client}: {err}")
        self.assertEqual(list((self.folder / "tmp").iterdir()), [], "temporary files are left")
        report = self.folder / "report.json"
        return (json.loads(report.read_text(encoding="utf-8")) if report.exists() else None), err

    def test_an_answer_and_what_the_log_tells(self):
        for client in CLIENTS:
            with self.subTest(client):
                report, err = self.run_function("orders:prod", client)
                call = report["syncs"][0]["calls"][0]
                self.assertEqual(call["request_id"], lambda_endpoint.REQUEST_ID)
                self.assertEqual(call["executed_version"], "7")
                self.assertEqual(call["seconds"], 0.01234)
                self.assertEqual(call["billed_seconds"], 0.013)
                self.assertEqual(call["peak_memory_bytes"], 45 << 20)
                self.assertEqual(call["memory_size_bytes"], 512 << 20)
                self.assertIn("reading page 1", err)
                self.assertNotIn("REPORT RequestId", err)
                self.assertEqual(report["findings"], [])
                sent = self.endpoint.calls[-1]
                self.assertEqual(sent["query"], "Qualifier=prod")
                self.assertEqual(json.loads(sent["body"])["state"], {})
                self.assertTrue(sent["headers"]["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"))

    def test_both_clients_give_the_same_outcome(self):
        expected = {**{name: 3 for name in lambda_endpoint.FUNCTION_ERRORS}, "answers-too-much": 1, "not-there": 2, "denied": 4,
                    "expired": 4, "unknown-key": 4, "bad-signature": 4, "too-large": 1, "breaks": 3, "garbage": 3}
        for name, exit_code in expected.items():
            seen = {}
            for client in CLIENTS:
                report, err = self.run_function(name, client, exit_code=exit_code)
                calls = [(call["failure"] if "failure" in call else "", call.get("error", "")) for sync in report["syncs"] for call in sync["calls"]]
                findings = [(finding["rule"], finding["severity"], finding["message"]) for finding in report["findings"]]
                if exit_code in (2, 4):
                    self.assertEqual(report["error"].count("\n"), 0)
                    self.assertIn(f"cannot call lambda:{name}: ", err)
                seen[client] = (calls, findings, report.get("error", ""))
            with self.subTest(name):
                self.assertEqual([seen[client] for client in CLIENTS], [seen[CLIENTS[0]]] * len(CLIENTS))

    def test_only_a_refused_call_is_made_again(self):
        for client in CLIENTS:
            with self.subTest(client):
                self.endpoint.calls.clear()
                report, err = self.run_function("throttled-twice", client)
                self.assertEqual(report["outcome"], "succeeded")
                self.assertEqual(len(self.endpoint.calls), 3)
                self.assertIn("AWS refused the call (TooManyRequestsException): trying again in 1 s", err)
                for name in ("breaks", "resets"):
                    self.endpoint.calls.clear()
                    self.run_function(name, client, exit_code=3)
                    self.assertEqual(len(self.endpoint.calls), 1, f"{name} was called again")

    def test_a_role_is_assumed_as_fivetran_does(self):
        for client in CLIENTS:
            with self.subTest(client):
                self.endpoint.roles.clear()
                environment = {"AWS_ENDPOINT_URL_STS": self.endpoint.url}
                self.run_function("orders", client, "--role-arn", "arn:aws:iam::123456789012:role/fivetran", "--external-id", "witty_walrus", **environment)
                role = self.endpoint.roles[-1]
                self.assertEqual(role["RoleArn"], "arn:aws:iam::123456789012:role/fivetran")
                self.assertEqual(role["ExternalId"], "witty_walrus")
                self.assertEqual(role["RoleSessionName"], "Fivetran-Session")
                self.assertIn("Credential=ASIAROLE/", self.endpoint.calls[-1]["headers"]["Authorization"])
                self.assertEqual(self.endpoint.calls[-1]["headers"]["X-Amz-Security-Token"], "role-token")

    def test_what_is_missing_is_told_in_one_line(self):
        bare = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_EC2_METADATA_DISABLED": "true"}
        for client in CLIENTS:
            with self.subTest(client):
                _, err = self.run_function("orders", client, exit_code=4, **bare)
                self.assertRegex(err, r"fivetran-sim: cannot call lambda:orders: no AWS credentials were found.*\(.*\)\n")
                options, environment = self.client(client, AWS_REGION=None)
                _, err = self.start("run", "lambda:orders", *options, "--destination", "memory:", **environment).communicate(timeout=60)
                self.assertRegex(err, r"fivetran-sim: cannot call lambda:orders: no AWS region is set \(give --region, or set AWS_REGION\)\n")
        _, environment = self.client("direct", PATH="/nowhere")
        process = self.start("run", "lambda:orders", "--destination", "memory:", **environment)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 4, err)
        self.assertIn("the AWS CLI is not installed", err)

    def test_an_endpoint_that_nobody_serves(self):
        for client in CLIENTS:
            with self.subTest(client):
                options, environment = self.client(client)
                process = self.start("run", "lambda:orders", "--endpoint-url", "http://127.0.0.1:9", *options, "--destination", "memory:", **environment)
                _, err = process.communicate(timeout=120)
                self.assertEqual(process.returncode, 4, err)
                self.assertIn("cannot call lambda:orders: ", err)
                self.assertIn("check the network, --region and --endpoint-url", err)

    def test_no_secret_is_seen_by_others(self):
        """The request goes by a file that only its owner reads; the command line holds none of it."""
        spy = self.folder / "spy"
        spy.mkdir()
        (spy / "aws").write_text("#!/bin/sh\n[ \"$1\" = --version ] && { echo aws-cli/2.36.12; exit 0; }\n"
                                 "echo \"$@\" >\"$SPY/argv\"; ls -lL \"$TMPDIR\"/*/ >\"$SPY/files\"\n"
                                 "for last; do :; done; printf '%s' '" + json.dumps(lambda_endpoint.PAGE) + "' >\"$last\"; echo '{\"StatusCode\": 200}'\n")
        (spy / "aws").chmod(0o755)
        self.run_program("run", "lambda:orders", "--secret", "apiToken=hunter2-very-secret", "--destination", "memory:",
                         **{**KEYS, "PATH": f"{spy}:{os.environ['PATH']}", "SPY": str(spy), "TMPDIR": str(self.folder / "tmp")})
        self.assertNotIn("hunter2", (spy / "argv").read_text())
        self.assertRegex((spy / "files").read_text(), r"(?m)^-rw------- .*request.json$")
        self.assertIn("--cli-read-timeout 910 --cli-connect-timeout 10", (spy / "argv").read_text())


class ServeTest(program.ProgramTest):
    """serve lambda, called by real clients."""

    def serve(self, target, *arguments):
        process = self.start("serve", "lambda", target, *arguments)
        first = process.stdout.readline()
        self.assertIn(" answers as a Lambda function at http://127.0.0.1:", first, process.poll() is not None and process.stderr.read())
        return process, re.search(r"http://127\.0\.0\.1:\d+", first).group(0)

    def end(self, process, first_signal, exit_code):
        process.send_signal(first_signal)
        _, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, exit_code, err)
        self.assert_no_process_left()
        return err

    def test_the_aws_cli_invokes_a_local_connector(self):
        process, url = self.serve(f"python:{program.SAMPLES / 'tickets.py'}:lambda_handler")
        for major, folder in sorted(CLIS.items()):
            with self.subTest(major):
                (self.folder / "event.json").write_text('{"state": {}, "secrets": {}}')
                called = subprocess.run([os.path.join(folder, "aws"), "lambda", "invoke", "--function-name", "any-name", "--endpoint-url", url, "--payload",
                                         "fileb://event.json", "--log-type", "Tail", "out.json"], cwd=self.folder, env=self.environment(**SDK),
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
                self.assertEqual(called.returncode, 0, called.stderr)
                self.assertIn("LogResult", json.loads(called.stdout))
                self.assertIn("hasMore", json.loads((self.folder / "out.json").read_text()))
        err = self.end(process, signal.SIGINT, 130)
        self.assertIn("REPORT RequestId: ", err)

    def test_boto3_gets_answers_and_errors(self):
        python = CLI_1 / "python"
        if not python.exists():
            self.skipTest("scripts/install-clients awscli1 installs boto3")
        (self.folder / "main.py").write_text("def lambda_handler(event, context):\n    return {'twice': 2 * event['n']}\n")
        process, url = self.serve("python:main.py:lambda_handler")
        code = ("import boto3, sys, json\nc = boto3.client('lambda', endpoint_url=sys.argv[1])\n"
                "r = c.invoke(FunctionName='f', Payload=json.dumps({'n': 21}))\nprint(r['Payload'].read().decode(), r['StatusCode'], r['ExecutedVersion'])\n"
                "r = c.invoke(FunctionName='f', Payload=json.dumps({}))\nprint(r['FunctionError'], json.loads(r['Payload'].read())['errorType'])\n"
                "try: c.invoke(FunctionName='f', Payload='{')\nexcept c.exceptions.InvalidRequestContentException as e: print(e.response['Error']['Code'])\n")
        out = subprocess.run([python, "-c", code, url], env=self.environment(**SDK), stdout=subprocess.PIPE, text=True, check=True).stdout
        self.assertEqual(out.splitlines(), ['{"twice": 42} 200 $LATEST', "Unhandled KeyError", "InvalidRequestContentException"])
        self.end(process, signal.SIGTERM, 143)

    def test_a_taken_port_is_told(self):
        process, url = self.serve("cmd:cat")
        _, err = self.start("serve", "lambda", "cmd:cat", "--port", url.rpartition(":")[2]).communicate(timeout=30)
        self.assertRegex(err, r"^fivetran-sim: .*port.*\n$")
        self.end(process, signal.SIGINT, 130)


if __name__ == "__main__":
    missing = [f"AWS CLI {major}" for major in (1, 2) if major not in CLIS] + ([] if (CLI_1 / "python").exists() else ["boto3"])
    if missing and os.environ.get("FSIM_NO_SKIP"):
        raise SystemExit(f"not installed: {', '.join(missing)} (scripts/install-deps all)")
    print(f"clients: {', '.join(CLIENTS)}; left out: {', '.join(missing) or 'none'}")
    program.main()
