# SPDX-License-Identifier: Apache-2.0
"""The files for other people's CI keep to the published schemas, and the example repository's workflows run as they stand in them."""
import os
import shutil
import subprocess
import sys

import program
import readers

EXAMPLE = program.ROOT / "docs" / "example"
TEMPLATES = program.ROOT / "src" / "cli" / "templates"


class CiFilesTest(program.ProgramTest):
    def schema(self, name, *files):
        done = subprocess.run([readers.CHECK_JSONSCHEMA, "--builtin-schema", name, *files], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def example(self):
        """A copy of the example, with the program under test on the PATH."""
        folder = self.folder / "repository"
        shutil.copytree(EXAMPLE, folder)
        binaries = self.folder / "bin"
        binaries.mkdir()
        (binaries / "fivetran-sim").symlink_to(self.program)
        return folder, self.environment(PATH=f"{binaries}{os.pathsep}{os.environ['PATH']}")

    def workflow(self, folder, environment, file):
        done = subprocess.run([sys.executable, program.ROOT / "scripts" / "run-workflow", file, "--summary", self.folder / "summary.md"],
                              cwd=folder, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_published_schemas(self):
        for name, files in (("vendor.github-workflows", [TEMPLATES / "github.yml"]), ("vendor.github-actions", [program.ROOT / "action.yml"]),
                            ("vendor.gitlab-ci", [TEMPLATES / "gitlab.yml", EXAMPLE / ".gitlab-ci.yml"])):
            self.assertEqual(self.schema(name, *files)[0], 0, self.schema(name, *files)[1])
        broken = self.folder / "w.yml"
        broken.write_text((TEMPLATES / "github.yml").read_text(encoding="utf-8").replace("runs-on:", "runs-of:"), encoding="utf-8")
        self.assertNotEqual(self.schema("vendor.github-workflows", broken)[0], 0, "the schema can find a fault")

    def test_pre_commit_hooks(self):
        from pre_commit.clientlib import load_manifest
        hooks = load_manifest(program.ROOT / ".pre-commit-hooks.yaml")
        self.assertEqual([hook["id"] for hook in hooks], ["fivetran-sim-test", "fivetran-sim-scan"])
        folder, environment = self.example()
        for hook in hooks:
            words = hook["entry"].split() + ([] if not hook["pass_filenames"] else ["main.py"])
            subprocess.run(words, cwd=folder, env=environment, check=True, capture_output=True)

    def test_init_writes_the_files_of_the_example(self):
        self.run_program("init", "--ci", "github")
        self.run_program("init", "--ci", "gitlab")
        for file in (".github/workflows/fivetran-sim.yml", "fivetran-sim.gitlab-ci.yml", ".gitlab-ci.yml"):
            self.assertEqual((self.folder / file).read_bytes(), (EXAMPLE / file).read_bytes(), file)

    def test_the_workflow_of_the_example(self):
        folder, environment = self.example()
        code, said = self.workflow(folder, environment, ".github/workflows/fivetran-sim.yml")
        self.assertEqual(code, 0, said)
        self.assertIn("== Keep the reports: 2 files", said)
        self.assertIn("no findings", said)
        self.assertIn("exit code 0", (self.folder / "summary.md").read_text(encoding="utf-8"))

    def test_a_defect_turns_the_workflow_red(self):
        folder, environment = self.example()
        main = folder / "main.py"
        main.write_text(main.read_text(encoding="utf-8").replace('"hasMore"', '"has_more"'), encoding="utf-8")
        line = next(n for n, text in enumerate(main.read_text(encoding="utf-8").splitlines(), 1) if text.startswith("def lambda_handler"))
        code, said = self.workflow(folder, environment, ".github/workflows/fivetran-sim.yml")
        self.assertEqual(code, 1, said)
        self.assertIn(f"::error file=main.py,line={line},title=", said)
        self.assertIn("== Keep the reports: 2 files", said, "reports are kept when the test failed")
        self.assertIn("**RSP-", (self.folder / "summary.md").read_text(encoding="utf-8"))

    def test_the_pipeline_of_the_example(self):
        folder, environment = self.example()
        code, said = self.workflow(folder, environment, ".gitlab-ci.yml")
        self.assertEqual(code, 0, said)
        self.assertEqual((folder / "reports" / "code-quality.json").read_text(encoding="utf-8").strip(), "[]")

    def test_an_expression_that_is_not_known_is_an_error(self):
        folder, environment = self.example()
        file = folder / ".github" / "workflows" / "fivetran-sim.yml"
        file.write_text(file.read_text(encoding="utf-8").replace("suite: standard", "suite: ${{ env.NO }}"), encoding="utf-8")
        code, said = self.workflow(folder, environment, file)
        self.assertNotEqual(code, 0)
        self.assertIn("env.NO is not known here", said)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        readers.require()
    program.main()
