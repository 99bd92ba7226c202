# SPDX-License-Identifier: Apache-2.0
"""AWS as tests need it: moto's server behind a proxy that sends invocations to an endpoint of ours (moto's own need Docker) and
answers chosen actions itself, where moto has no policy simulation and refuses nobody."""
import contextlib
import http.client
import http.server
import json
import subprocess
import threading
import time
import urllib.parse
import urllib.request

import program

MOTO = program.ROOT / "build" / "clients" / "moto" / "bin" / "moto_server"


def simulation(decision):
    """The answer of SimulatePrincipalPolicy."""
    return 200, ("<SimulatePrincipalPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><SimulatePrincipalPolicyResult>"
                 "<IsTruncated>false</IsTruncated><EvaluationResults><member><EvalActionName>a</EvalActionName>"
                 f"<EvalDecision>{decision}</EvalDecision></member></EvaluationResults></SimulatePrincipalPolicyResult>"
                 "</SimulatePrincipalPolicyResponse>")


DENIED = 403, ("<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>AccessDenied</Code>"
               "<Message>User: arn:aws:iam::123456789012:user/ann is not authorized to perform it</Message></Error></ErrorResponse>")


def trust_answer(document):
    """The answer of GetRole for a role with this trust, which moto, like AWS, would not store."""
    text = urllib.parse.quote(json.dumps(document))
    return 200, ("<GetRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetRoleResult><Role><Path>/</Path>"
                 "<Arn>arn:aws:iam::123456789012:role/fivetran</Arn><RoleName>fivetran</RoleName><RoleId>AROAEXAMPLE</RoleId>"
                 f"<AssumeRolePolicyDocument>{text}</AssumeRolePolicyDocument><CreateDate>2026-01-01T00:00:00Z</CreateDate>"
                 "</Role></GetRoleResult></GetRoleResponse>")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_one(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        stand_in = self.server.stand_in
        action = urllib.parse.parse_qs(body.decode("utf-8", "replace")).get("Action", [""])[0]
        if self.command == "HEAD":
            action = "HeadBucket"
        stand_in.actions.append(action or f"{self.command} {self.path}")
        if action in stand_in.answers:
            status, text = stand_in.answers[action]
            return self.answer(status, {"Content-Type": "text/xml"}, text.encode())
        to = stand_in.invocations if self.path.endswith("/invocations") else stand_in.moto
        host = urllib.parse.urlsplit(to).netloc
        connection = http.client.HTTPConnection(host, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "expect"}
        connection.request(self.command, self.path, body, headers)
        got = connection.getresponse()
        content = got.read()
        kept = {name: value for name, value in got.getheaders() if name.lower() not in {"content-length", "transfer-encoding", "connection"}}
        self.answer(got.status, kept, content)
        connection.close()

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handle_one

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


class StandIn:
    """`with StandIn(folder, environment) as aws:` serves at `aws.url`; `answers` maps an action to (status, XML); `invocations` is
    the address that calls of functions go to; `actions` holds what was asked."""

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        self.answers, self.actions, self.invocations = {}, [], ""

    def __enter__(self):
        port = program.free_port()
        self.moto = f"http://127.0.0.1:{port}"
        with open(self.folder / "moto.log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([MOTO, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log, env=self.environment)
        deadline = time.monotonic() + 90
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.moto}/moto-api/", timeout=10).close()
                break
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError((self.folder / "moto.log").read_text())
            time.sleep(0.1)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.stand_in = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.process.terminate()
        self.process.wait(timeout=30)
