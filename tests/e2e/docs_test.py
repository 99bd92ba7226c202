# SPDX-License-Identifier: Apache-2.0
"""Each command line of the documentation is run as it stands there, in the order of its page, and shows what the page shows.

`docs_pages.py` tells how pages are read. `docs_test.py PROGRAM --show PAGE` prints each command with all of its output, to be
copied into the page."""
import contextlib
import os
import pathlib
import re
import subprocess
import sys
import unittest

import aws_stand_in
import docs_pages
import program

DOCS = program.ROOT / "docs"
PAGES = [program.ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
AWS = program.ROOT / "build" / "clients" / "awscli1" / "bin" / "aws"

# Scripts that are not run wherever they stand: minutes, and what they install.
BUILDS = "builds the program, or installs what a build needs; .ci/run begins with scripts/test --all, which does both"
SCRIPTS_NOT_RUN = {name: BUILDS for name in ("scripts/quickstart", "scripts/test", "scripts/install-deps", "scripts/install-program")}
# Lines of one page that are not run.
FIRST_HOUR = "first-hour.md runs the same against the stand-in for AWS, e2e_aws_setup all of its outcomes; each call of the AWS CLI costs half a second"
NOT_RUN = {
    ("aws.md", "fivetran-sim aws setup lambda:orders --external-id witty_walrus --apply"): FIRST_HOUR,
    ("aws.md", "fivetran-sim aws doctor lambda:orders --role-arn arn:aws:iam::123456789012:role/fivetran-functions --external-id witty_walrus"): FIRST_HOUR,
}


class Folder:
    """A place in which the steps of one page are done."""

    def __init__(self, test, page, stack):
        self.test, self.page, self.stack = test, page, stack
        self.home = test.folder / page.stem
        self.place = self.home / "work"
        self.place.mkdir(parents=True)
        self.bin = test.folder / "bin"
        self.aws = None
        self.show = False

    def variables(self):
        mine = {"PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}", "HOME": str(self.home), "ROOT": str(program.ROOT),
                "AWS_EC2_METADATA_DISABLED": "true", "TERM": "dumb"}
        if self.aws:
            mine |= {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-a-secret-of-anybody", "AWS_DEFAULT_REGION": "eu-central-1",
                     **{f"AWS_ENDPOINT_URL_{name}": self.aws.url for name in ("IAM", "STS", "LAMBDA", "S3")}}
        return self.test.environment(**mine)

    def do(self, step):
        getattr(self, f"do_{step.kind}")(step)

    def do_skip(self, step):
        listed = (self.page.name, docs_pages.plain(step.text)) in NOT_RUN
        self.test.assertTrue(listed, f"{self.page.name}:{step.line} is not run: give the reason in NOT_RUN")

    def do_file(self, step):
        file = self.place / step.text
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(step.body) + "\n", encoding="utf-8")

    def do_same(self, step):
        there = (program.ROOT / step.text).read_text(encoding="utf-8")
        self.test.assertEqual("\n".join(step.body) + "\n", there, f"{self.page.name}:{step.line} is not {step.text}")

    def do_deployed(self, step):
        if self.aws is None:
            self.aws = self.stack.enter_context(aws_stand_in.StandIn(self.test.folder, self.test.environment()))
            self.aws.answers["SimulatePrincipalPolicy"] = aws_stand_in.simulation("allowed")
        if not step.text:
            return
        process = subprocess.Popen([self.test.program, "serve", "lambda", step.text], cwd=self.place, env=self.variables(), text=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.stack.callback(process.communicate, timeout=30)
        self.stack.callback(process.terminate)
        self.aws.invocations = process.stdout.readline().split(" at ")[1].split()[0]

    def bash(self, command):
        """Runs a command where the one before ended, as a terminal does."""
        where = self.home / "where"
        script = f"{command}\ncode=$?; pwd > {where}; exit $code"
        done = subprocess.run(["bash", "-c", script], cwd=self.place, env=self.variables(), stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)
        self.place = pathlib.Path(where.read_text(encoding="utf-8").strip())
        return done

    def do_setup(self, step):
        done = self.bash(f"set -e\n{step.text}")
        self.test.assertEqual(done.returncode, 0, f"{self.page.name}:{step.line}\n{done.stdout}{done.stderr}")

    def do_run(self, step):
        word = step.text.split()[0]
        if word.startswith("scripts/"):
            self.test.assertTrue(os.access(program.ROOT / word, os.X_OK), f"{self.page.name}:{step.line}: no {word}")
        if word in SCRIPTS_NOT_RUN or (self.page.name, docs_pages.plain(step.text)) in NOT_RUN:
            return
        done = self.bash(step.text)
        if self.show:
            print(f"$ {step.text}\n{done.stderr}--\n{done.stdout}-- exit {done.returncode}")
        where = f"{self.page.name}:{step.line}: {step.text}\n--- stdout\n{done.stdout}\n--- stderr\n{done.stderr}"
        self.test.assertEqual(done.returncode, step.exit_code, where)
        lacking = docs_pages.missing(step.body, [done.stdout, done.stderr], self.home)
        self.test.assertIsNone(lacking, f"the page shows a line that does not come: {lacking}\n{where}")


class DocsTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "fivetran-sim").symlink_to(self.program)
        (self.folder / "bin" / "aws").symlink_to(AWS)

    def test_what_is_not_run_is_there(self):
        there = {(page.name, docs_pages.plain(step.text)) for page in PAGES for step in docs_pages.steps(page.read_text(encoding="utf-8"))
                 if step.kind in {"run", "skip"}}
        self.assertEqual(set(NOT_RUN) - there, set(), "no page has these any more")

    def test_a_page_that_rots_is_noticed(self):
        (self.folder / "one.json").write_text('{"state": {}, "insert": {}, "hasMore": false}', encoding="utf-8")
        setup = f"<!-- test: setup cp {self.folder}/one.json . -->\n"
        good = setup + "```console\n$ fivetran-sim check one.json\n…\nno findings\n```\n\n    fivetran-sim check one.json    # a comment\n"
        for name, rotten in (("option", good.replace("one.json    #", "one.json --strictly    #")), ("output", good.replace("no findings", "no faults")),
                             ("code", good.replace("```console", "<!-- test: exit 1 -->\n```console")), ("file", good.replace("check one", "check two")),
                             ("skipped", good.replace("```console", "<!-- test: not run -->\n```console")), ("good", good)):
            page = self.folder / f"{name}.md"
            page.write_text(rotten, encoding="utf-8")
            with self.subTest(name):
                if name == "good":
                    self.follow(page)
                else:
                    self.assertRaises(AssertionError, self.follow, page)

    def follow(self, page, show=False):
        with contextlib.ExitStack() as stack:
            folder = Folder(self, page, stack)
            folder.show = show
            for step in docs_pages.steps(page.read_text(encoding="utf-8")):
                folder.do(step)


def add(page):
    def test(self):
        self.follow(page)
    setattr(DocsTest, "test_" + re.sub(r"\W", "_", page.stem.lower()), test)


if __name__ == "__main__":
    if not aws_stand_in.MOTO.exists() or not AWS.exists():
        print("skipped: moto or the AWS CLI is not installed (scripts/install-clients moto awscli1 installs them)")
        raise SystemExit(1 if os.environ.get("FSIM_NO_SKIP") else 125)
    if "--show" in sys.argv:
        page = pathlib.Path(sys.argv[3]).resolve()
        DocsTest.test_shown = lambda self: self.follow(page, show=True)
        sys.argv[2:] = ["DocsTest.test_shown"]
    else:
        for page in PAGES:
            add(page)
    program.main()
