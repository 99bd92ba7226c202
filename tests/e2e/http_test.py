# SPDX-License-Identifier: Apache-2.0
"""http:// and serve: targets: Google's real functions-frameworks, and a server that answers as real ones do when things go wrong."""
import base64
import http.server
import json
import os
import ssl
import subprocess
import threading
import time

import program

CLIENTS = program.ROOT / "build" / "clients"
PYTHON_FRAMEWORK = CLIENTS / "functions_python" / "bin" / "functions-framework"
NODE_FRAMEWORK = CLIENTS / "functions_node" / "node_modules" / ".bin" / "functions-framework"
PAGE = {"state": {"n": 1}, "insert": {"t": [{"id": 1}]}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": False}
RIE = "/2015-03-31/functions/function/invocations"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        server = self.server.owner
        server.requests.append({"path": self.path, "body": body, "headers": dict(self.headers.items()), "peer": self.client_address})
        getattr(self, "answer_" + server.behaviour)(json.loads(body))

    def send(self, status=200, body=b"", content_type="application/json", **headers):
        self.send_response(status)
        for name, value in {"Content-Type": content_type, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_three_pages(self, request):
        n = request["state"].get("n", 0) + 1
        self.send(body=json.dumps({**PAGE, "state": {"n": n}, "insert": {"t": [{"id": n}]}, "hasMore": n < 3}).encode())

    def answer_crash(self, _):
        self.send(500, b"cannot read the source", "text/html", X_Google_Status="crash")

    def answer_unauthorized(self, _):
        self.send(401, b"<html>401</html>", "text/html")

    def answer_redirect(self, _):
        self.send(302, Location="https://accounts.example.com/login?token=hunter2")

    def answer_text(self, _):
        self.send(body=json.dumps(PAGE).encode(), content_type="text/html; charset=utf-8")

    def answer_slow(self, _):
        self.server.owner.released.wait(60)
        self.send(body=json.dumps(PAGE).encode())

    def answer_reset(self, _):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"state":')
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(2)

    def answer_chunked(self, _):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (json.dumps(PAGE)[:20], json.dumps(PAGE)[20:]):
            self.wfile.write(f"{len(piece):x}\r\n{piece}\r\n".encode())
        self.wfile.write(b"0\r\n\r\n")

    def answer_closes_each_time(self, request):
        n = request["state"].get("n", 0) + 1
        self.send(body=json.dumps({**PAGE, "state": {"n": n}, "insert": {"t": [{"id": n}]}, "hasMore": n < 3}).encode(), Connection="close")

    # What AWS's Runtime Interface Emulator answers.
    def answer_rie_error(self, _):
        self.send(body=b'{"errorMessage":"\'cursor\'","errorType":"KeyError","stackTrace":["x"]}', content_type="text/plain; charset=utf-8")

    def answer_rie_crash(self, _):
        self.send(body=b"", content_type="text/plain; charset=utf-8")

    def answer_rie_time_out(self, _):
        self.send(body=b"Task timed out after 3.00 seconds", content_type="text/plain; charset=utf-8")

    def answer_rie_rows_with_error_columns(self, _):
        page = {**PAGE, "insert": {"t": [{"id": 1, "errorMessage": "of a row", "errorType": "x"}]}}
        self.send(body=json.dumps(page).encode(), content_type="text/plain; charset=utf-8")

    def log_message(self, *_):
        pass


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # clients that went away


class Server:
    """`with Server("crash") as server:` answers every POST that way; `requests` holds what came."""

    def __init__(self, behaviour, tls=None):
        self.behaviour, self.tls, self.requests, self.released = behaviour, tls, [], threading.Event()

    def __enter__(self):
        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.server.owner = self
        if self.tls:
            self.server.socket = self.tls.wrap_socket(self.server.socket, server_side=True)
        self.url = f"http{'s' if self.tls else ''}://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


class HttpTest(program.ProgramTest):
    def report_of(self, behaviour, *arguments, path="/f", exit_code=0, **more):
        with Server(behaviour) as server:
            self.server = server
            report = self.run_report("run", server.url + path, "--destination", "memory:", *arguments, exit_code=exit_code, **more)
        return report

    def rules(self, report):
        return [(finding["rule"], finding["severity"]) for finding in report["findings"]]

    def test_pages_over_one_connection(self):
        report = self.report_of("three_pages")
        self.assertEqual([call["state"] for call in report["syncs"][0]["calls"]], [{"n": 1}, {"n": 2}, {"n": 3}])
        self.assertEqual(report["findings"], [])
        self.assertEqual(len({request["peer"] for request in self.server.requests}), 1)
        first = self.server.requests[0]
        self.assertEqual(first["headers"]["Content-Type"], "application/json")
        self.assertRegex(first["headers"]["User-Agent"], r"^fivetran-sim/\d")
        self.assertEqual(json.loads(first["body"])["agent"], "Fivetran Google Cloud Functions Connector/local_sim/google_cloud_functions")

    def test_connections_that_end_after_each_answer(self):
        report = self.report_of("closes_each_time")
        self.assertEqual(len(report["syncs"][0]["calls"]), 3)
        self.assertEqual(len(self.server.requests), 3)

    def test_chunked(self):
        self.assertEqual(self.report_of("chunked")["outcome"], "succeeded")

    def test_a_crash_is_shown_with_status_and_body(self):
        report = self.report_of("crash", exit_code=3)
        self.assertEqual(self.rules(report), [("INV-02", "error")])
        self.assertIn("X-Google-Status: crash", report["findings"][0]["message"])
        self.assertIn("cannot read the source", " ".join(report["findings"][0]["evidence"]))
        self.assertEqual(len(self.server.requests), 1)

    def test_unauthorized(self):
        report = self.report_of("unauthorized", exit_code=3)
        self.assertEqual(self.rules(report), [("INV-02", "error")])

    def test_a_redirect_is_not_followed(self):
        report = self.report_of("redirect", exit_code=3)
        self.assertIn("it redirects to https://accounts.example.com/login", report["findings"][0]["message"])
        self.assertNotIn("hunter2", json.dumps(report))

    def test_the_content_type_is_only_noted(self):
        report = self.report_of("text")
        self.assertEqual(self.rules(report), [("INV-03", "info")])

    def test_a_slow_answer_ends_at_the_limit_and_is_not_asked_for_again(self):
        report = self.report_of("slow", "--timeout", "1s", exit_code=3)
        self.assertEqual(report["syncs"][0]["calls"][0]["failure"], "timed_out")
        self.assertEqual(len(self.server.requests), 1)

    def test_an_answer_that_breaks_off(self):
        report = self.report_of("reset", exit_code=3)
        self.assertEqual(report["syncs"][0]["calls"][0]["failure"], "unreachable")
        self.assertEqual(len(self.server.requests), 1)

    def test_nobody_there_and_no_url(self):
        _, err = self.start("run", "http://127.0.0.1:9/f", "--destination", "memory:").communicate(timeout=60)
        self.assertRegex(err, r"^fivetran-sim: cannot call http://127.0.0.1:9/f: .*connection refused.*\n$")
        self.run_program("run", "http://127.0.0.1:9/f", "--destination", "memory:", exit_code=4)
        self.run_program("run", "https://", "--destination", "memory:", exit_code=2)

    def test_tokens_and_keys_travel_in_headers_and_are_not_shown(self):
        token = "secret-token-0123456789"
        (self.folder / "key.txt").write_text("azure-key-0123456789\n")
        with Server("three_pages") as server:
            process = self.start("run", server.url + "/f?code=hunter2", "--destination", "memory:", "--auth-token", "env:TOKEN", "--function-key",
                                 "@key.txt", "--header", "X-Tenant: eu", "--report", "json=r.json", TOKEN=token)
            out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, err)
        headers = server.requests[0]["headers"]
        self.assertEqual(headers["Authorization"], "Bearer " + token)
        self.assertEqual(headers["x-functions-key"], "azure-key-0123456789")
        self.assertEqual(headers["X-Tenant"], "eu")
        self.assertEqual(server.requests[0]["path"], "/f?code=hunter2")
        for shown in (out, err, (self.folder / "r.json").read_text()):
            for secret in (token, "azure-key", "hunter2"):
                self.assertNotIn(secret, shown)

    def token_command(self, expires_in):
        """A command that prints a new JSON Web Token each time it runs, and counts its runs."""
        claims = base64.urlsafe_b64encode(json.dumps({"exp": int(time.time()) + expires_in}).encode()).decode().rstrip("=")
        script = self.folder / "token"
        script.write_text(f"#!/bin/sh\necho run >>'{self.folder}/runs'\necho 'warning: old gcloud' >&2\necho e30.{claims}.sig\n")
        script.chmod(0o755)
        return str(script)

    def test_a_token_from_a_command_is_kept_until_shortly_before_its_end(self):
        report = self.report_of("three_pages", "--auth-command", self.token_command(3600))
        self.assertEqual(report["outcome"], "succeeded")
        self.assertEqual((self.folder / "runs").read_text().count("run"), 1)
        (self.folder / "runs").unlink()
        self.report_of("three_pages", "--auth-command", self.token_command(200))
        self.assertEqual((self.folder / "runs").read_text().count("run"), 3)

    def test_a_token_command_that_fails(self):
        with Server("three_pages") as server:
            _, err = self.start("run", server.url, "--destination", "memory:", "--auth-command", "sh -c 'echo no login >&2; exit 3'").communicate(timeout=60)
        self.assertEqual(err.splitlines()[-1], "fivetran-sim: cannot get a token from --auth-command (sh): exit status 3: no login")
        self.assertEqual(server.requests, [])

    def test_a_certificate_must_be_trusted(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj",
                        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], cwd=self.folder, check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "cert.pem", self.folder / "key.pem")
        with Server("three_pages", context) as server:
            process = self.start("run", server.url, "--destination", "memory:")
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 4, err)
            self.assertIn("cannot trust https://127.0.0.1", err)
            self.assertEqual(server.requests, [])
            self.run_program("run", server.url, "--destination", "memory:", "--ca-file", "cert.pem")

    def test_a_lambda_emulator_is_recognised_and_its_errors_are_read_by_their_form(self):
        report = self.report_of("three_pages", path=RIE)
        self.assertEqual(report["findings"], [])
        self.assertIn("Fivetran AWS Lambda Connector/", json.loads(self.server.requests[0]["body"])["agent"])
        for behaviour, failure in (("rie_error", "function_error"), ("rie_crash", "exited"), ("rie_time_out", "timed_out")):
            with self.subTest(behaviour):
                report = self.report_of(behaviour, path=RIE, exit_code=3)
                self.assertEqual(report["syncs"][0]["calls"][0]["failure"], failure)
                self.assertEqual(self.rules(report), [("INV-01", "error")])
        self.assertEqual(self.report_of("rie_rows_with_error_columns", path=RIE)["outcome"], "succeeded")

    def test_repeats_on_something_deployed_need_a_word(self):
        _, err = self.start("run", "https://example.com/f", "--check-idempotent", "--destination", "memory:").communicate(timeout=60)
        self.assertIn("--allow-repeats", err)
        report = self.report_of("three_pages", "--check-idempotent")
        self.assertEqual(len(self.server.requests), 6)
        self.assertEqual(report["outcome"], "succeeded")


GCF_PYTHON = """
def handler(request):
    body = request.get_json()
    n = body['state'].get('n', 0) + 1
    print('page', n)
    return {'state': {'n': n}, 'insert': {'t': [{'id': n}]}, 'schema': {'t': {'primary_key': ['id']}}, 'hasMore': n < 3}

def crash(request):
    raise ValueError('no such cursor')
"""
GCF_NODE = """
exports.handler = (req, res) => {
  const n = (req.body.state.n || 0) + 1;
  console.log('page', n);
  res.json({state: {n}, insert: {t: [{id: n}]}, schema: {t: {primary_key: ['id']}}, hasMore: n < 3});
};
exports.crash = (req, res) => { throw new Error('no such cursor'); };
"""


class FrameworkTest(program.ProgramTest):
    """serve: with Google's own frameworks."""

    def target(self, language, function):
        if language == "python":
            (self.folder / "main.py").write_text(GCF_PYTHON)
            return f"serve:'{PYTHON_FRAMEWORK}' --target {function} --source main.py --host 127.0.0.1 --port {{port}}"
        (self.folder / "index.js").write_text(GCF_NODE)
        (self.folder / "package.json").write_text('{"main": "index.js"}')
        return f"serve:'{NODE_FRAMEWORK}' --target={function} --port={{port}}"

    def test_both_frameworks(self):
        for language in ("python", "node"):
            with self.subTest(language):
                process = self.start("run", self.target(language, "handler"), "--destination", "memory:", "--report", "json=r.json")
                _, err = process.communicate(timeout=120)
                self.assertEqual(process.returncode, 0, err)
                report = json.loads((self.folder / "r.json").read_text())
                self.assertEqual(report["syncs"][0]["state"], {"n": 3})
                self.assertEqual([finding for finding in report["findings"] if finding["severity"] != "info"], [])
                self.assertIn("page 3", err)
                self.assert_no_process_left()
                report = self.run_report("run", self.target(language, "crash"), "--destination", "memory:", exit_code=3)
                self.assertEqual([finding["rule"] for finding in report["findings"] if finding["severity"] == "error"], ["INV-02"])
                self.assert_no_process_left()


class ServeTest(program.ProgramTest):
    def error_of(self, target, *arguments):
        process = self.start("run", target, "--destination", "memory:", *arguments)
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 4, err)
        self.assert_no_process_left()
        return err.splitlines()[-1]

    def test_a_server_that_ends_or_never_listens(self):
        self.assertRegex(self.error_of("serve:sh -c 'echo cannot find module; exit 7'"),
                         r"^fivetran-sim: cannot start serve:.*: it ended with exit status 7 before it listened on port \d+: cannot find module$")
        self.assertIn("it does not listen on port", self.error_of("serve:sleep 600", "--serve-timeout", "1s"))

    def test_a_server_that_dies_during_a_call_is_started_again_by_the_next_run(self):
        (self.folder / "server.py").write_text(
            "import http.server, json, os, sys\n"
            "class H(http.server.BaseHTTPRequestHandler):\n"
            "    def do_POST(self):\n"
            "        n = json.loads(self.rfile.read(int(self.headers['Content-Length'])))['state'].get('n', 0) + 1\n"
            "        if n == 2 and not os.path.exists('died'):\n"
            "            open('died', 'w').close(); os._exit(9)\n"
            "        body = json.dumps({'state': {'n': n}, 'insert': {'t': [{'id': n}]}, 'schema': {'t': {'primary_key': ['id']}}, 'hasMore': n < 3}).encode()\n"
            "        self.send_response(200); self.send_header('Content-Type', 'application/json'); self.send_header('Content-Length', str(len(body)))\n"
            "        self.end_headers(); self.wfile.write(body)\n"
            "http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), H).serve_forever()\n")
        report = self.run_report("run", "serve:python3 server.py", "--destination", "sqlite:w.sqlite", exit_code=3)
        self.assertEqual([call.get("failure") for call in report["syncs"][0]["calls"]], [None, "exited"])
        report = self.run_report("run", "serve:python3 server.py", "--destination", "sqlite:w.sqlite")
        self.assertEqual(report["syncs"][0]["state"], {"n": 3})
        self.assert_no_process_left()


if __name__ == "__main__":
    missing = [path.name for path in (PYTHON_FRAMEWORK, NODE_FRAMEWORK) if not path.exists()]
    if missing and os.environ.get("FSIM_NO_SKIP"):
        raise SystemExit("functions-framework is not installed (scripts/install-deps all)")
    if missing:
        print("left out: Google's functions-frameworks (scripts/install-clients functions_python functions_node)")
        del FrameworkTest
    program.main()
