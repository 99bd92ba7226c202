# SPDX-License-Identifier: Apache-2.0
"""The git history connectors of fixtures/connectors: real input, synced, changed and synced again."""
import subprocess

import program

PYTHON = f"python:{program.CONNECTORS / 'git-history-python' / 'main.py'}:lambda_handler"
NODE = f"node:{program.CONNECTORS / 'git-history-node' / 'index.mjs'}:handler"
IDENTITY = ["-c", "user.name=Zoë Tester", "-c", "user.email=zoe@example.org", "-c", "commit.gpgsign=false"]


class GitHistoryTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.repository = self.folder / "repository"
        self.git("init", "-q", "-b", "main", str(self.repository), at=self.folder)
        for number in range(25):
            self.commit(f"file {number % 4}.txt", f"line {number}\n", f"change {number} — ärger")

    def git(self, *arguments, at=None):
        done = subprocess.run(["git", *IDENTITY, "-C", str(at or self.repository), *arguments], env=program.quiet_environment(),
                              capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, name, text, message, *options):
        with open(self.repository / name, "a", encoding="utf-8") as file:
            file.write(text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message, *options)

    def sync(self, target=PYTHON, database="w.sqlite", *options):
        """Syncs and returns the rows that were inserted and deleted, by table, after checking for findings."""
        report = self.run_report("run", target, "--destination", f"sqlite:{database}", "--env", f"GIT_REPOSITORY={self.repository}",
                                 "--env", "PAGE=10", *options)
        judged = [(f["rule"], f["message"]) for f in report["findings"] if f["severity"] != "info"]
        self.assertEqual(judged, [])
        totals = {}
        for sync in report["syncs"]:
            for call in sync["calls"]:
                for table, count in call["rows"].items():
                    inserted, deleted = totals.get(table, (0, 0))
                    totals[table] = (inserted + count["inserted"], deleted + count["deleted"])
        return {table: count for table, count in totals.items() if count != (0, 0)}

    def assert_equals_a_fresh_sync(self, target=PYTHON):
        self.sync(target, "fresh.sqlite")
        self.assertEqual(program.tables(self.folder / "w.sqlite"), program.tables(self.folder / "fresh.sqlite"))
        self.run_program("diff", "sqlite:w.sqlite", "sqlite:fresh.sqlite")
        for path in self.folder.glob("fresh.sqlite*"):
            path.unlink()

    def test_history_then_nothing_then_one_commit(self):
        self.assertEqual(self.sync(), {"commits": (25, 0), "changed_files": (25, 0), "branches": (2, 0)})
        self.assertEqual(self.sync(), {})
        self.commit("new.txt", "new\n", "the new one")
        self.assertEqual(self.sync(), {"commits": (1, 0), "changed_files": (1, 0), "branches": (2, 0)})
        self.assert_equals_a_fresh_sync()

    def test_rewritten_commits_are_deleted(self):
        self.sync()
        self.commit("file 0.txt", "amended\n", "another last commit", "--amend")
        deleted = self.sync()
        self.assertEqual((deleted["commits"], deleted["changed_files"]), ((1, 1), (1, 1)))
        self.assert_equals_a_fresh_sync()

    def test_a_branch_comes_and_goes(self):
        self.sync()
        self.git("checkout", "-q", "-b", "side")
        self.commit("side.txt", "side\n", "on the side")
        self.sync()
        self.git("checkout", "-q", "main")
        self.git("branch", "-q", "-D", "side")
        self.assertEqual(self.sync(), {"commits": (0, 1), "changed_files": (0, 1), "branches": (1, 1)})
        self.assert_equals_a_fresh_sync()

    def test_node_gives_the_same_tables_and_goes_on_where_python_stopped(self):
        self.sync(PYTHON, "w.sqlite", "--max-calls", "100")
        self.assert_equals_a_fresh_sync(NODE)
        self.commit("new.txt", "new\n", "the new one")
        self.assertEqual(self.sync(NODE, "w.sqlite", "--adopt")["commits"], (1, 0))
        self.assert_equals_a_fresh_sync(PYTHON)

    def test_both_answer_the_setup_test(self):
        for target in (PYTHON, NODE):
            self.sync(target, f"{target[:4]}.sqlite", "--setup-test")

    def test_an_empty_repository_and_a_folder_without_one(self):
        self.repository = self.folder / "empty"
        self.git("init", "-q", "-b", "main", str(self.repository), at=self.folder)
        self.assertEqual(self.sync(), {})
        report = self.run_report("run", PYTHON, "--destination", "sqlite:none.sqlite", "--env", "GIT_REPOSITORY=/", exit_code=3)
        self.assertEqual([f["rule"] for f in report["findings"] if f["severity"] == "error"], ["INV-01"])
        self.assertIn("not a git repository", report["findings"][0]["message"])


if __name__ == "__main__":
    program.main()
