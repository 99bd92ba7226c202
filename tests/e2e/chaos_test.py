# SPDX-License-Identifier: Apache-2.0
"""`chaos`: each connector of fixtures/connectors/chaos gives exactly its matrix; runs that are killed go on and leave nothing behind."""
import http.server
import json
import pathlib
import re
import shlex
import shutil
import signal
import sys
import threading
import time

import program

sys.path.insert(0, str(program.ROOT / "tests" / "support"))
import json_schema  # noqa: E402

CHAOS = program.CONNECTORS / "chaos"
SCHEMA = json.loads((program.ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
TARGET = "python:main.py:lambda_handler"


def expectation(folder):
    found = {"options": [], "findings": set(), "matrix": {}, "volatile": []}
    for line in (folder / "expected").read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if word == "matrix":
            fault, *signs = rest.split()
            found["matrix"][fault] = "".join(signs)
        elif word == "options":
            found["options"] = shlex.split(rest)
        elif word == "volatile":
            found["volatile"].append(rest)
        elif word in {"error", "warning", "info"}:
            found["findings"].add((word, rest))
        else:
            found[word] = rest
    return found


def lines_of(matrix):
    """The signs of each fault, page by page."""
    lines = {}
    for cell in matrix["cells"]:
        lines[cell["fault"]] = lines.get(cell["fault"], "") + cell["sign"]
    return lines


class ChaosTest(program.ProgramTest):
    def copy(self, name):
        shutil.copytree(CHAOS / name, self.folder, dirs_exist_ok=True)

    def check(self, folder):
        expected = expectation(folder)
        self.copy(folder.name)
        report = self.run_report("chaos", expected["target"], *expected["options"], exit_code=int(expected["exit"]))
        self.assertEqual(json_schema.faults(report, SCHEMA, SCHEMA), [])
        matrix = report["chaos"][0]
        self.assertTrue(matrix["complete"])
        lines = lines_of(matrix)
        self.assertEqual(len(lines), 13)
        for fault, signs in lines.items():
            wanted = expected["matrix"].get(fault, "=" * len(signs))
            self.assertRegex(signs, "^" + re.escape(wanted).replace(r"\?", ".") + "$", f"{fault} of {lines}")
        found = {(f["severity"], f["rule"]) for f in report["findings"] if f["severity"] != "info" or f["rule"].startswith("RES")}
        self.assertEqual(found, expected["findings"])
        self.assertEqual(matrix["volatile_columns"], expected["volatile"])
        for cell in matrix["cells"]:
            self.assertEqual(cell["verdict"] in {"extra", "lost", "changed"}, cell["extra"] + cell["lost"] + cell["changed"] > 0
                             and cell["verdict"] != "endless", cell)
        self.assertFalse((self.folder / ".fivetran-sim").exists(), "nothing is left of a run that came to its end")
        self.assert_no_process_left()

    def test_lost_rows_are_named(self):
        self.copy("offset-in-memory")
        report = self.run_report("chaos", TARGET, "--faults", "lost", "--pages", "2", exit_code=1)
        (finding,) = report["findings"]
        self.assertEqual((finding["rule"], finding["table"], finding["call"]), ("RES-01", "t", 2))
        self.assertIn("t id=2: lost", finding["evidence"][0])
        self.assertIn("--faults lost --pages 2", finding["reproduce"])
        self.assertEqual(report["chaos"][0]["cells"][0]["lost"], 2)

    def test_pages_by_default_when_there_are_many(self):
        shutil.copy(program.SAMPLES / "pages.py", self.folder / "main.py")
        report = self.run_report("chaos", TARGET, "--faults", "cutoff", "--env", "PAGES=31")
        self.assertEqual(report["chaos"][0]["pages"], [1, 16, 31])

    def test_recorded_answers_are_refused(self):
        (self.folder / "answers").mkdir()
        (self.folder / "answers" / "1.json").write_text('{"state": {}, "insert": {}, "hasMore": false}', encoding="utf-8")
        process = self.start("chaos", "scenario:answers")
        out, err = process.communicate(timeout=30)
        self.assertEqual((process.returncode, out), (2, ""))
        self.assertIn("prove nothing", err)

    def test_something_deployed_needs_leave(self):
        process = self.start("chaos", "https://functions.example.com/orders")
        _, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 2)
        self.assertIn("--allow-repeats", err)

    def test_what_is_deployed_is_told_before_the_first_call(self):
        calls = []

        class Pages(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                state = json.loads(self.rfile.read(int(self.headers["content-length"])))["state"]
                calls.append(state)
                page = min(state.get("page", 0) + 1, 4)
                body = json.dumps({"state": {"page": page}, "insert": {"t": [{"id": page}]}, "schema": {"t": {"primary_key": ["id"]}},
                                   "hasMore": page < 4}).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self.addCleanup(server.server_close)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        target = f"http://0.0.0.0:{server.server_port}/"  # this machine, by an address that is not known as its own
        words = ["chaos", target, "--faults", "lost,cutoff,cold"]

        def run(*more):
            calls.clear()
            process = self.start(*words, *more)
            _, err = process.communicate(timeout=60)
            return process.returncode, err

        code, err = run()
        self.assertEqual((code, calls), (2, []))
        self.assertIn("about 6 calls for a sync of 1 page, 70 for 5 pages, 880 for 20; at most 1,000", err)
        code, err = run("--allow-repeats", "--max-calls", "15")
        self.assertEqual(code, 6)
        self.assertIn("it ends after 15 calls", err)
        self.assertLessEqual(len(calls), 16)
        code, err = run("--allow-repeats")
        self.assertEqual(code, 0, err)
        self.assertIn("it ends after 1,000 calls (--max-calls)", err)
        self.assertLess(err.index("what can break: a token"), err.index("a sync of 4 pages undisturbed"))

    def test_mistyped_faults_and_pages(self):
        self.copy("clean-pages")
        for words, meant in ((["--faults", "twise"], "did you mean twice?"), (["--pages", "1,x"], "neither a page nor a range"),
                             (["--pages", "7"], "has 3 pages only")):
            process = self.start("chaos", TARGET, *words)
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 2, err)
            self.assertIn(meant, err)

    def test_a_failing_connector_is_not_disturbed(self):
        (self.folder / "main.py").write_text("def lambda_handler(event, context):\n    raise ValueError('no')\n", encoding="utf-8")
        report = self.run_report("chaos", TARGET, exit_code=3)
        self.assertNotIn("chaos", report)

    def test_a_limit_of_calls_and_the_next_run(self):
        self.copy("clean-pages")
        words = ["chaos", TARGET, "--faults", "lost,cutoff"]
        first = self.run_report(*words, "--max-calls", "15", exit_code=6)
        self.assertFalse(first["chaos"][0]["complete"])
        self.assertLessEqual(first["chaos"][0]["calls"], 16)
        done = len(first["chaos"][0]["cells"])
        self.assertGreater(done, 0)
        (noted,) = (self.folder / ".fivetran-sim/chaos").glob("*.json")
        noted.with_name(noted.name + ".99-0.tmp").write_text("{", encoding="utf-8")  # as a run that is killed while it writes leaves it
        second = self.run_report(*words)
        self.assertEqual(second["chaos"][0]["resumed"], done)
        self.assertEqual(lines_of(second["chaos"][0]), {"lost": "===", "cutoff": "==="})
        self.assertFalse((self.folder / ".fivetran-sim").exists())

    def test_changed_code_begins_again(self):
        self.copy("clean-pages")
        words = ["chaos", TARGET, "--faults", "lost,cutoff"]
        self.run_report(*words, "--max-calls", "15", exit_code=6)
        with open(self.folder / "main.py", "a", encoding="utf-8") as code:
            code.write("# mended\n")
        self.assertEqual(self.run_report(*words)["chaos"][0]["resumed"], 0)

    def progress(self):
        files = list((self.folder / ".fivetran-sim").glob("chaos/*.json"))
        return [json.loads(file.read_text(encoding="utf-8")) for file in files]

    def ended_by(self, wanted):
        """Starts a run, ends it once it has noted cells, and runs it again."""
        self.copy("clean-pages")
        process = self.start("chaos", TARGET)
        deadline = time.monotonic() + 60
        while not any(one["cells"] for one in self.progress()) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(wanted)
        process.communicate(timeout=60)
        self.assert_no_process_left()
        (noted,) = self.progress()  # whole, and no half-written file beside it
        report = self.run_report("chaos", TARGET)
        self.assertGreaterEqual(report["chaos"][0]["resumed"], len(noted["cells"]))
        self.assertEqual({signs.strip("=") for signs in lines_of(report["chaos"][0]).values()}, {""})
        self.assertFalse((self.folder / ".fivetran-sim").exists(), "something is left")
        return process.returncode

    def test_kill(self):
        self.assertEqual(self.ended_by(signal.SIGKILL), -signal.SIGKILL)

    def test_ctrl_c(self):
        self.assertEqual(self.ended_by(signal.SIGINT), 130)


def add_test(folder):
    setattr(ChaosTest, "test_" + folder.name.replace("-", "_"), lambda self: self.check(folder))


for one in sorted(path.parent for path in pathlib.Path(CHAOS).glob("*/expected")):
    add_test(one)

if __name__ == "__main__":
    program.main()
