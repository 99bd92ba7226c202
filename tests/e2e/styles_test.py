# SPDX-License-Identifier: Apache-2.0
"""--style gcf and azure: a handler answers here as it does behind Google's real functions-framework, and the same with and without the packages of its host."""
import os
import pathlib

import program

CLIENTS = program.ROOT / "build" / "clients"
PYTHON = CLIENTS / "functions_python" / "bin"
NODE_FRAMEWORK = CLIENTS / "functions_node" / "node_modules" / ".bin" / "functions-framework"
PAGE = '{"state": {"n": 1}, "insert": {"t": [{"id": 1, "v": "é"}]}, "schema": {"t": {"primary_key": ["id"]}}, "hasMore": false}'

# What follows `def main(request):`; request is a JSON object, PAGE its answer.
GCF_PYTHON = {
    "a dict": "return page",
    "a dict and a status": "return page, 200",
    "text": "return json.dumps(page)",
    "text with headers": "return json.dumps(page), 200, {'content-type': 'application/json'}",
    "text with headers alone": "return json.dumps(page), [('Content-Type', 'application/json')]",
    "bytes": "return json.dumps(page).encode()",
    "the request": "return {**page, 'state': {'method': request.method, 'keys': sorted(request.get_json()), 'again': request.json == request.get_json(silent=True), "
                   "'type': request.headers['content-type'], 'json': request.is_json, 'args': len(request.args)}}",
    "the request's bytes": "return {**page, 'state': {'whole': json.loads(request.get_data(as_text=True)) == json.loads(request.data)}}",
    "another status": "return 'No state is defined!', 400",
    "a server's status": "return page, 503",
    "nothing": "return None",
    "a number": "return 7",
    "an exception": "raise ValueError('the source is gone')",
    "no JSON": "return 'hello'",
}
FLASK = {
    "jsonify": "import flask\n    return flask.jsonify(page)",
    "a response": "import flask\n    r = flask.make_response(json.dumps(page), 200)\n    r.headers['Content-Type'] = 'application/json'\n    return r",
    "abort": "import flask\n    flask.abort(403)",
}
GCF_NODE = {
    "json": "res.json(page)",
    "status and json": "res.status(200).json(page)",
    "an object sent": "res.send(page)",
    "text sent": "res.send(JSON.stringify(page))",
    "text of a type": "res.set('Content-Type', 'application/json').send(JSON.stringify(page))",
    "typed": "res.type('json').end(JSON.stringify(page))",
    "a buffer": "res.send(Buffer.from(JSON.stringify(page)))",
    "written in pieces": "res.writeHead(200, {'Content-Type': 'application/json'}); const t = JSON.stringify(page); res.write(t.slice(0, 9)); res.end(t.slice(9))",
    "later": "setTimeout(() => res.json(page), 5)",
    "asynchronous": "return (async () => { await null; res.json(page); })()",
    "the request": "res.json({...page, state: {method: req.method, keys: Object.keys(req.body).sort(), type: req.get('Content-Type'), raw: JSON.parse(req.rawBody).agent === req.body.agent, "
                   "query: Object.keys(req.query).length, path: req.path}})",
    "another status": "res.status(400).send('No state is defined!')",
    "a status alone": "res.sendStatus(503)",
    "an exception": "throw new Error('the source is gone')",
    "a rejection": "return (async () => { throw new Error('the source is gone'); })()",
    "no JSON": "res.send('hello')",
}
AZURE_PYTHON = {
    "a response": ("return func.HttpResponse(json.dumps(page), mimetype='application/json')", 0, []),
    "a response with headers": ("return func.HttpResponse(json.dumps(page).encode(), status_code=200, headers={'content-type': 'application/json'})", 0, []),
    "a response of no type": ("return func.HttpResponse(json.dumps(page))", 0, ["INV-03"]),
    "text": ("return json.dumps(page)", 0, ["INV-03"]),
    "the request": ("return func.HttpResponse(json.dumps({**page, 'state': {'method': req.method, 'keys': sorted(req.get_json()), 'size': len(req.get_body()) > 9, "
                    "'none': req.params.get('name'), 'type': req.headers.get('Content-Type')}}), mimetype='application/json')", 0, []),
    "another status": ("return func.HttpResponse('No secret is defined!', status_code=400)", 3, ["INV-02"]),
    "nothing": ("return None", 3, ["INV-02"]),
    "an exception": ("raise ValueError('the source is gone')", 3, ["INV-01"]),
    "a dict": ("return page", 3, ["INV-01"]),
}
AZURE_NODE = {
    "a body": ("module.exports = async (context, req) => { context.res = {body: page}; };", 0, []),
    "text of a type": ("module.exports = async (context, req) => { context.res = {status: 200, headers: {'Content-Type': 'application/json'}, body: JSON.stringify(page)}; };", 0, []),
    "text of no type": ("module.exports = async (context, req) => { context.res = {body: JSON.stringify(page)}; };", 0, ["INV-03"]),
    "done": ("module.exports = (context, req) => { context.res = {body: page}; context.done(); };", 0, []),
    "its response object": ("module.exports = async (context, req) => { context.res.status(200).json(page); };", 0, []),
    "returned": ("module.exports = async (context, req) => ({body: page});", 0, []),
    "a default export": ("exports.default = async (context, req) => { context.res = {body: page}; };", 0, []),
    "another status": ("module.exports = async (context, req) => { context.res = {status: 400, body: 'No secret is defined!'}; };", 3, ["INV-02"]),
    "an exception": ("module.exports = async (context, req) => { throw new TypeError('the source is gone'); };", 3, ["INV-01"]),
    "jsonBody": ("require('@azure/functions').app.http('sync', {handler: async (request, context) => { context.log('at work'); await request.json(); return {jsonBody: page}; }});", 0, []),
    "a handler of today": ("require('@azure/functions').app.post('sync', async (request) => ({status: 200, headers: {'content-type': 'application/json'}, body: JSON.stringify(page)}));", 0, []),
    "fetch's response": ("require('@azure/functions').app.http('sync', {handler: async (request) => Response.json({...page, state: await request.json().then((b) => b.state)})});", 0, []),
    "nothing": ("require('@azure/functions').app.http('sync', {handler: async () => {}});", 3, ["INV-02"]),
}


class StylesTest(program.ProgramTest):
    def write(self, name, text):
        folder = self.folder / "code"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    def outcome(self, target, *options):
        """Exit code, what was answered and what was found: of a failure only that it is one, since a local handler's is told better."""
        process = self.start("invoke", target, *options, "--sync-id", "00000000-0000-4000-8000-000000000001", "--report", "json=report.json", "--dump", "response")
        out, err = process.communicate(timeout=120)
        report = __import__("json").loads((self.folder / "report.json").read_text(encoding="utf-8"))
        rules = sorted(finding["rule"] for finding in report["findings"])
        return process.returncode, out.strip().replace(": ", ":").replace(", ", ","), rules, err

    def assert_like_framework(self, name, target, framework, *options):
        with self.subTest(name):
            code, body, rules, err = self.outcome(target, "--platform", "gcp", *options)
            real_code, real_body, real_rules, real_err = self.outcome(f"serve:{framework}")
            self.assertNotIn("fivetran_sim_styles", err, "the trace shows our own frames")
            self.assertEqual((code, body), (real_code, real_body), f"{err}\n--- real\n{real_err}")
            same = {"INV-01": "INV-02"}
            self.assertEqual([same.get(rule, rule) for rule in rules], real_rules, err)

    def test_google_python(self):
        for name, body in {**GCF_PYTHON, **FLASK}.items():
            file = self.write("main.py", f"import json\nimport functions_framework\npage = json.loads({PAGE!r})\n\n@functions_framework.http\ndef main(request):\n    {body}\n")
            framework = f"{PYTHON}/functions-framework --target main --source {file} --port {{port}} --host 127.0.0.1"
            self.assert_like_framework(f"{name}, with flask", f"python:{file}:main", framework, "--python", PYTHON / "python")
            if name in GCF_PYTHON:
                self.assert_like_framework(name, f"python:{file}:main", framework)

    def test_google_node(self):
        os.symlink(CLIENTS / "functions_node" / "node_modules", self.folder / "node_modules")
        for name, body in GCF_NODE.items():
            file = self.write("index.js", f"const page = {PAGE};\nrequire('@google-cloud/functions-framework').http('main', (req, res) => {{ {body}; }});\n")
            self.write("package.json", '{"main": "index.js"}')
            framework = f"{NODE_FRAMEWORK} --target=main --source={file.parent} --port={{port}}"
            self.assert_like_framework(name, f"node:{file}:main", framework)
        self.write("plain.js", f"exports.handler = (req, res) => res.json({PAGE});\n")
        self.assertEqual(self.outcome(f"node:{self.folder}/code/plain.js", "--style", "gcf")[0], 0)

    def assert_azure(self, name, expected, target, *options):
        with self.subTest(name):
            code, _, rules, err = self.outcome(target, "--platform", "azure", *options)
            self.assertEqual((code, rules), expected, err)

    def test_azure_python(self):
        for name, (body, code, rules) in AZURE_PYTHON.items():
            for signature in ("def main(req: func.HttpRequest) -> func.HttpResponse", "def main(req: func.HttpRequest, context: func.Context)", "async def main(req)"):
                file = self.write("__init__.py", f"import json\nimport azure.functions as func\npage = json.loads({PAGE!r})\n\n{signature}:\n    {body}\n")
                self.assert_azure(f"{name}: {signature}", (code, rules), f"python:{file}:main")
                self.assert_azure(f"{name}: {signature}, with azure-functions", (code, rules), f"python:{file}:main", "--python", PYTHON / "python")
            file = self.write("function_app.py", f"import json\nimport azure.functions as func\npage = json.loads({PAGE!r})\napp = func.FunctionApp()\n\n"
                                                 f"@app.route(route='sync', auth_level=func.AuthLevel.FUNCTION)\ndef main(req: func.HttpRequest) -> func.HttpResponse:\n    {body}\n")
            self.assert_azure(f"{name}, decorated", (code, rules), f"python:{file}:main")
            self.assert_azure(f"{name}, decorated, with azure-functions", (code, rules), f"python:{file}:main", "--python", PYTHON / "python")

    def test_azure_node(self):
        for name, (text, code, rules) in AZURE_NODE.items():
            file = self.write("index.js", f"const page = {PAGE};\n{text}\n")
            self.assert_azure(name, (code, rules), f"node:{file}")

    def test_a_handler_that_never_answers_is_waited_for(self):
        self.write("silent.js", "exports.handler = () => {};\n")
        code, _, rules, _ = self.outcome(f"node:{self.folder}/code/silent.js", "--style", "gcf", "--timeout", "1s")
        self.assertEqual((code, rules), (3, ["INV-01"]))


if __name__ == "__main__":
    lacking = [path for path in (PYTHON / "functions-framework", NODE_FRAMEWORK) if not pathlib.Path(path).exists()]
    if lacking:
        print("skipped: functions-framework is not installed (scripts/install-clients functions_python functions_node)")
        raise SystemExit(1 if os.environ.get("FSIM_NO_SKIP") else 125)
    program.main()
