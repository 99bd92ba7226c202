#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Warm calls a second: the program beside other ways to call the same handler.

    tests/bench/calls_bench.py PROGRAM [--calls 500] [--smoke]

One run measures runtime:, python: and node: of the program, its lambda: by our own requests and through the AWS CLI, lambda-local (in one process, and a process a call as its command line
does), serverless-offline for Node and Python, and the AWS CLI v1 against a Lambda endpoint on loopback. Each is asked the request that
Fivetran sends and gives a page of ten rows; the state goes from answer to request. The figures of the program are those of its JSON
report, so they hold the call alone; beside them stands the whole sync with judging and loading. The peers are installed under
build/peers in the versions named below; one that is missing is named. --smoke makes a few calls of the program alone.
"""
import argparse
import contextlib
import http.client
import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PEERS = ROOT / "build" / "peers"
NPM = {"lambda-local": "2.2.0", "serverless": "3.40.0", "serverless-offline": "13.9.0"}
PIP = {"awscli": "1.45.11"}
REQUEST = {"agent": "Fivetran/external_id", "state": {"n": 0}, "secrets": {}, "sync_id": "00000000-0000-4000-8000-000000000001"}

PYTHON = '''
def lambda_handler(event, context):
    n = event["state"].get("n", 0) + 1
    rows = [{"id": n * 10 + i, "name": "row %d" % i, "total": i / 4} for i in range(10)]
    return {"state": {"n": n}, "insert": {"t": rows}, "delete": {}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": True}
'''
NODE = '''
exports.handler = async (event) => {
  const n = (event.state.n ?? 0) + 1;
  const rows = Array.from({ length: 10 }, (_, i) => ({ id: n * 10 + i, name: `row ${i}`, total: i / 4 }));
  return { state: { n }, insert: { t: rows }, delete: {}, schema: { t: { primary_key: ['id'] } }, hasMore: true };
};
'''
# The Python handler as a Lambda executable without any library, for runtime:.
BOOTSTRAP = '''#!%s
import http.client, json, os
from main import lambda_handler
api, root = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"]), "/2018-06-01/runtime/invocation/"
while True:
    api.request("GET", root + "next")
    reply = api.getresponse()
    event = json.loads(reply.read())
    api.request("POST", root + reply.headers["Lambda-Runtime-Aws-Request-Id"] + "/response", json.dumps(lambda_handler(event, None)))
    api.getresponse().read()
'''
LAMBDA_LOCAL = '''
const lambdaLocal = require('lambda-local');
lambdaLocal.getLogger().level = 'error';
(async () => {
  const event = JSON.parse(process.argv[2]), times = [];
  for (let i = 0; i < Number(process.argv[3]) + 1; i++) {
    const begin = process.hrtime.bigint();
    const answer = await lambdaLocal.execute({ event, lambdaPath: process.argv[4], timeoutMs: 60000, verboseLevel: 0 });
    times.push(Number(process.hrtime.bigint() - begin) / 1e9);
    event.state = answer.state;
  }
  console.log(JSON.stringify(times));
})();
'''
SERVERLESS = '''
service: bench
frameworkVersion: "3"
configValidationMode: "off"
provider: {name: aws, runtime: nodejs20.x}
plugins: [serverless-offline]
functions:
  node: {handler: index.handler}
  python: {handler: main.lambda_handler, runtime: python3.11}
'''


class Missing(Exception):
    """A peer cannot be measured here."""


def quiet(command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, **options)
    if done.returncode != 0:
        raise Missing(f"{pathlib.Path(str(command[0])).name} exited with {done.returncode}: {(done.stderr or done.stdout).strip()[-200:]}")
    return done.stdout


def show(name, times, note=""):
    """One line: the first call is the cold one, the others are warm."""
    warm = sorted(times[1:])
    print(f"  {name:<40} {len(warm) / sum(warm):>9.0f} calls/s   p50 {statistics.median(warm) * 1e3:>8.2f} ms   "
          f"p90 {warm[int(len(warm) * 0.9)] * 1e3:>8.2f} ms   first {times[0] * 1e3:>8.1f} ms  {note}", flush=True)


def measure_program(program, folder, target, calls, *options, environment=None):
    report = folder / "r.json"
    begin = time.perf_counter()
    done = subprocess.run([program, "run", target, "--destination", "memory:", "--max-calls", str(calls + 1), "--quiet", "--report", f"json={report}",
                           *options], cwd=folder, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    whole = time.perf_counter() - begin
    if done.returncode != 6:  # the limit of calls ends it
        raise SystemExit(f"{target}: exit code {done.returncode}\n{done.stderr}")
    made = json.loads(report.read_text(encoding="utf-8"))["syncs"][0]["calls"]
    if len(made) != calls + 1:
        raise SystemExit(f"{target}: {len(made)} calls")
    if target.startswith("lambda:"):
        # The report has the function's own time, as AWS told it; what counts here is the client's.
        print(f"  {' '.join([target, *options[:2]]):<40} {len(made) / whole:>9.0f} calls/s   of the whole sync, {whole:.2f} s, with start and loading")
        return
    show(target, [max(call["seconds"], 1e-6) for call in made], f"whole sync {whole:.2f} s")


def install():
    """Installs the peers; what went wrong, by name."""
    problems = {}
    with contextlib.suppress(OSError):
        (PEERS / "node").mkdir(parents=True, exist_ok=True)
    try:
        if any(not (PEERS / "node/node_modules" / name / "package.json").exists() for name in NPM):
            quiet(["npm", "install", "--prefix", PEERS / "node", "--no-audit", "--no-fund", *(f"{n}@{v}" for n, v in NPM.items())])
    except (Missing, OSError) as error:
        problems.update(dict.fromkeys(NPM, str(error)))
    try:
        if not (PEERS / "python/bin/aws").exists():
            quiet([sys.executable, "-m", "venv", PEERS / "python"])
            quiet([PEERS / "python/bin/pip", "install", "-q", *(f"{n}=={v}" for n, v in PIP.items())])
    except (Missing, OSError) as error:
        problems.update(dict.fromkeys(PIP, str(error)))
    return problems


def lambda_local(folder, calls):
    script = folder / "lambda_local.cjs"
    script.write_text(LAMBDA_LOCAL, encoding="utf-8")
    environment = dict(os.environ, NODE_PATH=str(PEERS / "node/node_modules"))
    out = quiet(["node", script, json.dumps(REQUEST), str(calls), folder / "index.js"], env=environment)
    show("lambda-local, in its process (Node)", json.loads(out.splitlines()[-1]))


def lambda_local_command(folder, calls):
    command = ["node", PEERS / "node/node_modules/lambda-local/build/cli.js", "-l", folder / "index.js", "-e", folder / "event.json", "-t", "60"]
    (folder / "event.json").write_text(json.dumps(REQUEST), encoding="utf-8")
    times = []
    for _ in range(calls):
        begin = time.perf_counter()
        quiet(command)
        times.append(time.perf_counter() - begin)
    show("lambda-local, a process a call (Node)", times)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serverless_offline(folder, calls):
    (folder / "serverless.yml").write_text(SERVERLESS, encoding="utf-8")
    with contextlib.suppress(FileExistsError):
        (folder / "node_modules").symlink_to(PEERS / "node/node_modules")
    port, begin = free_port(), time.perf_counter()
    environment = dict(os.environ, SLS_TELEMETRY_DISABLED="1", SLS_NOTIFICATIONS_MODE="off", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x")
    server = subprocess.Popen(["node", "node_modules/serverless/bin/serverless.js", "offline", "--host", "127.0.0.1", "--httpPort", str(free_port()),
                               "--lambdaPort", str(port)], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while server.poll() is None and time.perf_counter() - begin < 120:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        else:
            raise Missing("serverless-offline did not start")
        print(f"  serverless-offline listens after {time.perf_counter() - begin:.1f} s")
        for name in ("node", "python"):
            show(f"serverless-offline ({name})", post_all(port, f"bench-dev-{name}", calls))
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def post_all(port, function, calls):
    """Invokes over one kept connection, as an SDK would."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    request, times = dict(REQUEST), []
    for _ in range(calls + 1):
        begin = time.perf_counter()
        connection.request("POST", f"/2015-03-31/functions/{function}/invocations", json.dumps(request), {"Content-Type": "application/json"})
        answer = json.loads(connection.getresponse().read())
        times.append(time.perf_counter() - begin)
        request["state"] = answer["state"]
    return times


class Endpoint(http.server.BaseHTTPRequestHandler):
    """A Lambda endpoint that answers at once: what is left is the client's own time."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):  # noqa: N802: the library's name
        self.rfile.read(int(self.headers["Content-Length"]))
        body = b'{"state":{"n":1},"insert":{},"hasMore":false}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def endpoint(program, folder):
    """A Lambda endpoint on loopback: `serve lambda` where the program has it."""
    if re.search(r"^ +serve ", quiet([program, "--help"]), re.MULTILINE):
        port = free_port()
        served = subprocess.Popen([program, "serve", "lambda", "python:main.py:lambda_handler", "--port", str(port)], cwd=folder,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(300):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.1)
            yield "serve lambda", port
        finally:
            served.terminate()
            served.wait()
    else:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield "an endpoint that answers at once", server.server_address[1]
        finally:
            server.shutdown()
            server.server_close()


def aws_environment():
    return dict(os.environ, AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="us-east-1", AWS_MAX_ATTEMPTS="1",
                AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null", NO_PROXY="127.0.0.1")


def deployed(program, folder, calls, client, path):
    """lambda: of the program against its own endpoint, over which it answers itself."""
    with endpoint(program, folder) as (_, port):
        measure_program(program, folder, "lambda:bench", calls, "--lambda-client", client, "--endpoint-url", f"http://127.0.0.1:{port}",
                        environment=dict(aws_environment(), PATH=f"{path}:{os.environ['PATH']}"))


def aws_cli(program, folder, calls):
    environment = aws_environment()
    (folder / "event.json").write_text(json.dumps(REQUEST), encoding="utf-8")
    with endpoint(program, folder) as (what, port):
        times = []
        for _ in range(calls):
            begin = time.perf_counter()
            quiet([PEERS / "python/bin/aws", "lambda", "invoke", "--function-name", "bench", "--endpoint-url", f"http://127.0.0.1:{port}",
                   "--payload", f"fileb://{folder}/event.json", "--log-type", "Tail", "--output", "json", folder / "answer.json"], env=environment)
            times.append(time.perf_counter() - begin)
        show("AWS CLI v1, lambda invoke", times, f"against {what}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument("--smoke", action="store_true")
    arguments = parser.parse_args()
    program, calls = arguments.program.resolve(), 5 if arguments.smoke else arguments.calls
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fsim-bench-")).resolve()
    (folder / "main.py").write_text(PYTHON, encoding="utf-8")
    (folder / "index.js").write_text(NODE, encoding="utf-8")
    (folder / "bootstrap").write_text(BOOTSTRAP % sys.executable, encoding="utf-8")
    (folder / "bootstrap").chmod(0o755)
    print(f"{quiet([program, '--version']).strip()}, Python {sys.version.split()[0]}, Node {quiet(['node', '--version']).strip()}; {calls} warm calls each")
    for target in ("runtime:./bootstrap", "python:main.py:lambda_handler", "node:index.js:handler"):
        measure_program(program, folder, target, calls, "--runtime-client", "built-in")
    deployed(program, folder, calls, "direct", "")
    if not arguments.smoke:
        problems = install()
        print("peers: " + ", ".join(f"{name} {version}" for name, version in {**NPM, **PIP}.items()))
        few = max(calls // 50, 5)
        if "awscli" not in problems:
            deployed(program, folder, few, "cli", PEERS / "python/bin")
        for names, measure in ((("lambda-local",), lambda: lambda_local(folder, calls)),
                               (("lambda-local",), lambda: lambda_local_command(folder, few)),
                               (("serverless", "serverless-offline"), lambda: serverless_offline(folder, calls)),
                               (("awscli",), lambda: aws_cli(program, folder, few))):
            try:
                problem = next((problems[name] for name in names if name in problems), None)
                if problem:
                    raise Missing(problem)
                measure()
            except (Missing, OSError, KeyError, ValueError) as error:
                print(f"  {names[-1]}: not measured: {error}")
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
