# SPDX-License-Identifier: Apache-2.0
"""A Lambda endpoint on loopback that plays what AWS answers: the function's name says which outcome.

Texts and codes: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html and lambda's own error documents.
"""
import base64
import http.server
import json
import threading
import urllib.parse

PAGE = {"state": {"n": 1}, "insert": {"t": [{"id": 1}]}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": False}
REQUEST_ID = "8f5f1a0e-0d1b-4a55-9f5c-000000000001"
LOG = (f"START RequestId: {REQUEST_ID} Version: $LATEST\nreading page 1\nEND RequestId: {REQUEST_ID}\n"
       f"REPORT RequestId: {REQUEST_ID}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 512 MB\tMax Memory Used: 45 MB\t\n")

FUNCTION_ERRORS = {
    "raises": {"errorMessage": "'cursor'", "errorType": "KeyError", "stackTrace": ["  File \"/var/task/main.py\", line 7\n"]},
    "times-out": {"errorType": "Sandbox.Timedout", "errorMessage": f"RequestId: {REQUEST_ID} Error: Task timed out after 3.00 seconds"},
    "exits": {"errorType": "Runtime.ExitError", "errorMessage": f"RequestId: {REQUEST_ID} Error: Runtime exited with error: exit status 42"},
    "import-error": {"errorType": "Runtime.ImportModuleError", "errorMessage": "Unable to import module 'main'", "stackTrace": []},
    "answers-too-much": {"errorType": "Function.ResponseSizeTooLarge",
                         "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes)."},
}
REFUSALS = {
    "not-there": (404, "ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:123456789012:function:not-there"),
    "denied": (403, "AccessDeniedException", "User is not authorized to perform: lambda:InvokeFunction"),
    "expired": (403, "ExpiredTokenException", "The security token included in the request is expired"),
    "unknown-key": (403, "UnrecognizedClientException", "The security token included in the request is invalid."),
    "bad-signature": (403, "InvalidSignatureException", "The request signature we calculated does not match"),
    "too-large": (413, "RequestEntityTooLargeException", "7000000 byte payload is too large for the RequestResponse invocation type"),
    "breaks": (500, "ServiceException", "An internal service error occurred"),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        endpoint = self.server.endpoint
        if self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            return self.assume_role(urllib.parse.parse_qs(body.decode()))
        path, _, query = self.path.partition("?")
        name = urllib.parse.unquote(path.split("/")[3])
        endpoint.calls.append({"name": name, "query": query, "body": body, "headers": dict(self.headers.items())})
        if name == "throttled-twice" and sum(call["name"] == name for call in endpoint.calls) <= 2:
            return self.refuse(429, "TooManyRequestsException", "Rate Exceeded.")
        if name == "resets":
            self.close_connection = True
            return self.connection.shutdown(2)
        if name in REFUSALS:
            return self.refuse(*REFUSALS[name])
        self.answer(name)

    def answer(self, name):
        headers = {"X-Amz-Executed-Version": "7", "X-Amz-Log-Result": base64.b64encode(LOG.encode()).decode()}
        document = PAGE
        if name in FUNCTION_ERRORS:
            document = FUNCTION_ERRORS[name]
            headers["X-Amz-Function-Error"] = "Unhandled"
        self.send(200, json.dumps(document).encode() if name != "garbage" else b"<html>", headers)

    def refuse(self, status, code, message):
        self.send(status, json.dumps({"Type": "User", "message": message}).encode(), {"x-amzn-ErrorType": code})

    def assume_role(self, form):
        self.server.endpoint.roles.append({key: values[0] for key, values in form.items()})
        xml = ("<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
               "<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-token</SessionToken>"
               "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>")
        self.send(200, xml.encode(), {"Content-Type": "text/xml"})

    def send(self, status, body, headers):
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "x-amzn-RequestId": REQUEST_ID, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Endpoint:
    """`with Endpoint() as endpoint:` serves until the end of the block; `calls` and `roles` hold what came."""

    def __enter__(self):
        self.calls, self.roles = [], []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.endpoint = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
