# SPDX-License-Identifier: Apache-2.0
"""aws setup and aws doctor through real AWS CLIs of both major versions against moto's IAM, STS, Lambda and S3."""
import contextlib
import io
import json
import os
import shlex
import subprocess
import zipfile

import aws_stand_in
import program
from lambda_clients_test import CLIS

ROLE = "arn:aws:iam::123456789012:role/fivetran"
GOOD = "def lambda_handler(event, context):\n    assert event['setup_test'] and event['state'] == {}\n    return {'state': {}, 'insert': {}, 'hasMore': False}\n"
BAD = "def lambda_handler(event, context):\n    raise ValueError('no token')\n"


class AwsSetupTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        self.aws = self.stack.enter_context(aws_stand_in.StandIn(self.folder, self.environment(AWS_ACCESS_KEY_ID="k", AWS_SECRET_ACCESS_KEY="s")))
        self.use_cli(min(CLIS))

    def use_cli(self, major):
        """A folder with nothing but that CLI in front of the PATH."""
        (self.bin / "aws").unlink(missing_ok=True)
        (self.bin / "aws").symlink_to(os.path.join(CLIS[major], "aws"))

    def variables(self):
        return {"PATH": f"{self.bin}:{os.environ['PATH']}", "HOME": str(self.folder), "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "not-a-secret-of-anybody", "AWS_DEFAULT_REGION": "eu-central-1", "AWS_EC2_METADATA_DISABLED": "true",
                **{f"AWS_ENDPOINT_URL_{name}": self.aws.url for name in ("IAM", "STS", "LAMBDA", "S3")}}

    def cli(self, service, *words):
        """The AWS CLI itself, as a user would type it."""
        done = subprocess.run([self.bin / "aws", service, *words, "--endpoint-url", self.aws.url], env=self.environment(**self.variables()),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def sim(self, *words, exit_code=0):
        process = self.start("aws", *words, **self.variables())
        out, err = process.communicate(timeout=180)
        self.assertEqual(process.returncode, exit_code, f"{words}\n{out}\n{err}")
        self.assertNotIn("not-a-secret-of-anybody", out + err)
        return out, err

    def checks(self, *words, exit_code=0):
        out, _ = self.sim("doctor", "lambda:orders", "--role-arn", ROLE, *words, "--format", "json", exit_code=exit_code)
        return {check["subject"]: check for check in json.loads(out)["checks"]}

    def make_function(self, timeout=900, runtime="python3.12"):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("main.py", GOOD)
        (self.folder / "code.zip").write_bytes(file.getvalue())
        self.cli("lambda", "create-function", "--function-name", "orders", "--runtime", runtime, "--handler", "main.lambda_handler", "--role", ROLE,
                 "--zip-file", f"fileb://{self.folder}/code.zip", "--timeout", str(timeout), "--memory-size", "512")

    def serve(self, source):
        (self.folder / "main.py").write_text(source, encoding="utf-8")
        process = self.start("serve", "lambda", f"python:{self.folder}/main.py:lambda_handler")
        self.stack.callback(process.communicate, timeout=30)
        self.stack.callback(process.terminate)
        self.aws.invocations = process.stdout.readline().split(" at ")[1].split()[0]

    def ready(self):
        self.sim("setup", "lambda:orders", "--external-id", "witty_walrus", "--role", "fivetran", "--apply")
        self.make_function()
        self.serve(GOOD)
        self.aws.answers["SimulatePrincipalPolicy"] = aws_stand_in.simulation("allowed")

    def test_set_up_by_each_cli_then_all_is_well(self):
        for major in sorted(CLIS):
            with self.subTest(major):
                self.use_cli(major)
                self.aws.actions.clear()
                role = f"by-{major}"
                words = ("setup", "lambda:orders", "--external-id", "witty_walrus", "--role", role, "--sync-method", "s3", "--bucket", f"bucket-{major}")
                out, err = self.sim(*words)
                self.assertNotIn("CreateRole", self.aws.actions)
                self.assertIn("nothing was run", err)
                printed = [line for line in out.splitlines() if "get-role" not in line]
                out, _ = self.sim(*words, "--apply")
                self.assertEqual([line[2:] for line in out.splitlines() if line.startswith("$ ") and "get-role" not in line], printed)
                self.assertIn(f"arn:aws:iam::123456789012:role/{role}\n", out)
                role_there = json.loads(self.cli("iam", "get-role", "--role-name", role, "--output", "json"))["Role"]
                trust, _ = self.sim("trust", "--external-id", "witty_walrus")
                self.assertEqual(role_there["AssumeRolePolicyDocument"], json.loads(trust))
                out, _ = self.sim(*words, "--apply")
                self.assertEqual(out.count("exists already, as it has to be"), 3, out)
                if major != 1:
                    continue
                self.aws.actions.clear()
                _, err = self.sim(*[word if word != "witty_walrus" else "other_owl" for word in words], "--apply", exit_code=4)
                self.assertIn(f"the role {role} exists already and is different; it was left as it is (--replace", err)
                self.assertNotIn("UpdateAssumeRolePolicy", self.aws.actions)
                out, _ = self.sim(*[word if word != "witty_walrus" else "other_owl" for word in words], "--apply", "--replace")
                self.assertIn("its document is replaced", out)
                self.assertIn("UpdateAssumeRolePolicy", self.aws.actions)
        self.ready()
        for major in sorted(CLIS):
            with self.subTest(f"doctor {major}"):
                self.use_cli(major)
                self.aws.actions.clear()
                found = self.checks("--external-id", "witty_walrus", "--bucket", f"bucket-{major}", "--time-budget", "13m")
                self.assertEqual({check["status"] for check in found.values()}, {"ok"}, found)
                self.assertEqual(list(found), ["AWS CLI", "identity", "function", "region", "runtime", "time-out", "memory", "role", "trust", "bucket",
                                               "may call", "may read", "may write", "assume role", "setup test"])
                self.assertIn("called with the role's credentials", found["setup test"]["detail"])
                self.assertEqual(sum(action.endswith("/invocations") for action in self.aws.actions), 1)

    def test_the_printed_commands_can_be_pasted(self):
        out, _ = self.sim("setup", "lambda:orders", "--external-id", "witty_walrus", "--role", "fivetran")
        for line in out.splitlines():
            words = shlex.split(line)
            self.assertEqual(words[0], "aws")
            said = self.cli(words[1], *words[2:])
        self.assertEqual(said.strip(), ROLE)

    def test_faults_by_the_name_of_what_aws_says(self):
        self.ready()
        self.use_cli(1)
        self.serve(BAD)
        self.cli("lambda", "update-function-configuration", "--function-name", "orders", "--timeout", "3", "--runtime", "python3.8")
        policy = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "lambda:Invoke*", "Resource": "arn:aws:lambda:*:*:function:ord*"}})
        arn = json.loads(self.cli("iam", "create-policy", "--policy-name", "no", "--policy-document", policy, "--output", "json"))["Policy"]["Arn"]
        self.cli("iam", "attach-role-policy", "--role-name", "fivetran", "--policy-arn", arn)
        self.aws.answers["SimulatePrincipalPolicy"] = aws_stand_in.DENIED
        self.aws.answers["AssumeRole"] = aws_stand_in.DENIED
        found = self.checks("--external-id", "other_owl", "--bucket", "not-there", exit_code=4)
        faults = {name: check["status"] for name, check in found.items() if check["status"] != "ok"}
        self.assertEqual(faults, {"runtime": "failed", "time-out": "failed", "trust": "failed", "bucket": "absent", "may call": "failed",
                                  "may read": "failed", "may write": "failed", "assume role": "unknown", "setup test": "failed"})
        self.assertIn("3 s, Lambda's default", found["time-out"]["detail"])
        self.assertEqual(found["may call"]["detail"], "lambda:InvokeFunction denied by the role's policies (you may not simulate policies)")
        self.assertIn("ValueError : no token", found["setup test"]["detail"])
        # AWS keeps no policy of that version; a file may still have it.
        (self.folder / "old.json").write_text(policy.replace("2012-10-17", "2022-07-13"), encoding="utf-8")
        out, _ = self.sim("doctor", "--document", "old.json", exit_code=4)
        self.assertRegex(out, r'(?m)^  old.json +failed +AWS refuses the version "2022-07-13"  → write "2012-10-17"')
        self.aws.answers["HeadBucket"] = 403, ""
        found = self.checks("--bucket", "of-somebody", "--no-call", exit_code=4)
        self.assertEqual((found["bucket"]["status"], found["bucket"]["needed"]), ("unknown", False))

    def test_what_is_not_there(self):
        out, _ = self.sim("doctor", "lambda:nowhere", "--role-arn", ROLE, "--external-id", "witty_walrus", exit_code=4)
        self.assertRegex(out, r"(?m)^  function +absent +Function not found.*aws lambda list-functions")
        self.assertRegex(out, r"(?m)^  role +absent +.*fivetran-sim aws setup lambda:nowhere --external-id witty_walrus --role fivetran")
        self.aws.answers["GetCallerIdentity"] = 403, ("<ErrorResponse><Error><Code>ExpiredToken</Code><Message>old</Message></Error></ErrorResponse>")
        out, _ = self.sim("doctor", "lambda:orders", exit_code=4)
        self.assertRegex(out, r"(?m)^  identity +failed +the AWS credentials have expired")
        self.assertNotIn("function", out)
        _, err = self.sim("setup", "lambda:orders", "--external-id", "witty_walrus", "--bucket", "Not_A_Bucket", exit_code=2)
        self.assertIn('cannot use the bucket "Not_A_Bucket"', err)


if __name__ == "__main__":
    if not aws_stand_in.MOTO.exists() or 1 not in CLIS or 2 not in CLIS:
        print("skipped: moto or an AWS CLI is not installed (scripts/install-deps all and scripts/install-clients moto awscli1 install them)")
        raise SystemExit(1 if os.environ.get("FSIM_NO_SKIP") else 125)
    program.main()
