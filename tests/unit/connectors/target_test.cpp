// SPDX-License-Identifier: Apache-2.0
#include "connectors/target.hpp"

#include "connector_kit.hpp"
#include "support/temp_dir.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;
using connectors::parse_target;
using connectors::Target;
using connectors::TargetKind;

// A folder with one of everything, as the current one.
class Place {
 public:
  Place() : in_(prepare()) {}
  const fs::path& path() const { return dir_.path(); }

 private:
  const fs::path& prepare() {
    dir_.write("main.py", "def lambda_handler(event, context):\n    pass\n");
    dir_.write("lambda_function.py", "async def handler(e, c): pass\n");
    dir_.write("src/orders.py", "from lib import main\n");
    dir_.write("my-connector.py", "handler = make()\n");
    dir_.write("plain.py", "def fetch(): pass\n");
    dir_.write("index.js", "exports.handler = async () => 1;\n");
    dir_.write("app.mjs", "export const main = async () => 1;\n");
    dir_.write("index.ts", "export const handler = 1;\n");
    dir_.write("C:/code/main.py", "def main(e, c): pass\n");
    dir_.write("odd:name.py", "def main(e, c): pass\n");
    dir_.write("pages/001.json", "{}");
    dir_.write("recorded/fixture.json", "{}");
    dir_.write("empty/readme.txt", "");
    dir_.write("code/index.js", "");
    dir_.write("page.json", "{}");
    dir_.write("notes.txt", "");
    for (const char* program : {"connector.sh", "bootstrap", "bin/run"}) {
      const std::string file = dir_.write(program, "#!/bin/sh\n");
      fs::permissions(file, fs::perms::owner_all);
    }
    return dir_.path();
  }

  support::TempDir dir_;
  connector_kit::InFolder in_;
};

struct Good {
  const char* given;
  TargetKind kind;
  const char* text;
  const char* file;  // argv[0] of a command
  const char* function;
  const char* module;
};

struct Bad {
  const char* given;
  const char* message;
};

}  // namespace

TEST_CASE("a target is understood with its scheme or without") {
  const Place place;
  const Good cases[] = {
      {"python:main.py", TargetKind::python, "python:main.py:lambda_handler", "main.py", "",
       "main"},
      {"python:./main.py", TargetKind::python, "python:main.py:lambda_handler", "main.py", "",
       "main"},
      {"python:main.py:sync", TargetKind::python, "python:main.py:sync", "main.py", "sync", "main"},
      {"main.py:sync", TargetKind::python, "python:main.py:sync", "main.py", "sync", "main"},
      {"main.py", TargetKind::python, "python:main.py:lambda_handler", "main.py", "", "main"},
      {"main.py:", TargetKind::python, "python:main.py:lambda_handler", "main.py", "", "main"},
      {"lambda_function.py", TargetKind::python, "python:lambda_function.py:handler",
       "lambda_function.py", "", "lambda_function"},
      {"lambda_function.handler", TargetKind::python, "python:lambda_function.handler",
       "lambda_function.py", "handler", "lambda_function"},
      {"src/orders.py", TargetKind::python, "python:src/orders.py:main", "src/orders.py", "",
       "orders"},
      {"src/orders.main", TargetKind::python, "python:src/orders.main", "src/orders.py", "main",
       "src/orders"},
      {"src.orders.main", TargetKind::python, "python:src.orders.main", "src/orders.py", "main",
       "src/orders"},
      {"python:src.orders.main", TargetKind::python, "python:src.orders.main", "src/orders.py",
       "main", "src/orders"},
      {"my-connector.py", TargetKind::python, "python:my-connector.py:handler", "my-connector.py",
       "", "my-connector"},
      {"plain.py", TargetKind::python, "python:plain.py", "plain.py", "", "plain"},
      {"odd:name.py", TargetKind::python, "python:odd:name.py:main", "odd:name.py", "", "odd:name"},
      {"python:C:/code/main.py", TargetKind::python, "python:C:/code/main.py:main",
       "C:/code/main.py", "", "main"},
      {"C:/code/main.py:main", TargetKind::python, "python:C:/code/main.py:main", "C:/code/main.py",
       "main", "main"},
      {"index.js", TargetKind::node, "node:index.js:handler", "index.js", "", "index"},
      {"index.js:handler", TargetKind::node, "node:index.js:handler", "index.js", "handler",
       "index"},
      {"index.handler", TargetKind::node, "node:index.handler", "index.js", "handler", "index"},
      {"index.api.handler", TargetKind::node, "node:index.api.handler", "index.js", "api.handler",
       "index"},
      {"app.mjs", TargetKind::node, "node:app.mjs:main", "app.mjs", "", "app"},
      {"app.main", TargetKind::node, "node:app.main", "app.mjs", "main", "app"},
      {"scenario:pages", TargetKind::scenario, "scenario:pages", "pages", "", ""},
      {"./pages", TargetKind::scenario, "scenario:pages", "pages", "", ""},
      {"connector.sh", TargetKind::command, "cmd:./connector.sh", "./connector.sh", "", ""},
      {"bin/run", TargetKind::command, "cmd:bin/run", "bin/run", "", ""},
      {"cmd:./connector.sh --page 'a b'", TargetKind::command, "cmd:./connector.sh --page 'a b'",
       "./connector.sh", "", ""},
      {"cmd:sh -c true", TargetKind::command, "cmd:sh -c true", "sh", "", ""},
      {"cmd:./bootstrap", TargetKind::command, "cmd:./bootstrap", "./bootstrap", "", ""},
      {"bootstrap", TargetKind::runtime, "runtime:./bootstrap", "./bootstrap", "", "bootstrap"},
      {"runtime:bin/run 'a b'", TargetKind::runtime, "runtime:bin/run 'a b'", "bin/run", "", "run"},
  };
  for (const Good& c : cases) {
    CAPTURE(std::string(c.given));
    const auto target = parse_target(c.given);
    if (!target) FAIL(target.error().message);
    CHECK(target->kind == c.kind);
    CHECK(target->text == c.text);
    CHECK(target->function == c.function);
    CHECK(target->module == c.module);
    if (c.kind == TargetKind::command || c.kind == TargetKind::runtime) {
      CHECK(target->argv.front() == c.file);
    } else {
      CHECK(target->file == fs::current_path() / c.file);
    }
    const std::string given = c.given;
    const bool with_scheme = given.rfind("python:", 0) == 0 || given.rfind("node:", 0) == 0 ||
                             given.rfind("cmd:", 0) == 0 || given.rfind("runtime:", 0) == 0 ||
                             given.rfind("scenario:", 0) == 0;
    CHECK(target->guess == (with_scheme ? std::string() : "taken as " + target->text));
  }
}

TEST_CASE("the working folder is the file's, or the current one in Lambda's notation") {
  const Place place;
  CHECK(parse_target("src/orders.py:main")->root == fs::current_path() / "src");
  CHECK(parse_target("src/orders.main")->root == fs::current_path());
  CHECK(parse_target("runtime:bin/run")->root == fs::current_path() / "bin");
  CHECK(parse_target("runtime:sh bin/run")->root == fs::current_path());
}

TEST_CASE("a target counted from a folder is what it is in that folder") {
  const Place place;
  const fs::path folder = fs::current_path();
  for (const char* given :
       {"src/orders.py:main", "python:src/orders.py", "src/orders.main", "python:src/orders.main",
        "runtime:bin/run", "runtime:sh bin/run", "cmd:bin/run a", "cmd:sh bin/run"}) {
    CAPTURE(std::string(given));
    const auto there = parse_target(given);
    REQUIRE(there.has_value());
    fs::current_path(folder / "src");
    const auto from_elsewhere = parse_target(given, folder);
    fs::current_path(folder);
    REQUIRE(from_elsewhere.has_value());
    CHECK(from_elsewhere->text == there->text);
    CHECK(from_elsewhere->module == there->module);
    REQUIRE(from_elsewhere->file.empty() == there->file.empty());
    if (!there->file.empty())
      CHECK(fs::absolute(from_elsewhere->file) == fs::absolute(there->file));
    CHECK(from_elsewhere->root == (there->root.empty() ? folder : there->root));
    for (std::size_t word = 1; word < there->argv.size(); ++word)
      CHECK(from_elsewhere->argv[word] == there->argv[word]);
  }
}

TEST_CASE("a target that cannot be used says what to do") {
  const Place place;
  const Bad cases[] = {
      {"",
       "no target was given (use cmd:'PROGRAM ARGS', runtime:./bootstrap, python:FILE.py, "
       "node:FILE.js, http://URL, serve:'PROGRAM', lambda:NAME, fixture:DIR or scenario:DIR)"},
      {"mian.py", "cannot use mian.py: no such file (did you mean main.py?)"},
      {"python:src/order.py:main",
       "cannot use src/order.py: no such file (did you mean src/orders.py?)"},
      {"src\\orders.py", "cannot use src\\orders.py: no such file (did you mean src/orders.py?)"},
      {"nowhere/at/all.js", "cannot use nowhere/at/all.js: no such file (is the path right?)"},
      {"pyhton:main.py",
       "cannot use pyhton:main.py: pyhton: is no kind of target (did you mean "
       "python:?)"},
      {"teapot:main.py",
       "cannot use teapot:main.py: teapot: is no kind of target (use cmd:'PROGRAM "
       "ARGS', runtime:./bootstrap, python:FILE.py, node:FILE.js, http://URL, serve:'PROGRAM', "
       "lambda:NAME, fixture:DIR or scenario:DIR)"},
      {"python:", "python: needs a file (such as python:lambda_function.py)"},
      {"python:src",
       "cannot use src: it is a folder (name the handler's file, such as "
       "python:src/lambda_function.py)"},
      {"code",
       "cannot use code: it is a folder (name the handler's file, such as "
       "node:code/index.js)"},
      {"empty",
       "cannot use empty as a scenario: there is no *.json in it (write one response a "
       "file, such as empty/001.json)"},
      {"scenario:page.json", "cannot use page.json as a scenario: it is a file (name its folder)"},
      {"scenario:page", "cannot use page: no such file (did you mean pages?)"},
      {"python:index.js", "cannot use index.js as python: its name does not end in .py"},
      {"node:index.ts",
       "cannot use index.ts as node: its name does not end in .js, .mjs, .cjs "
       "(compile it to JavaScript first)"},
      {"page.json",
       "cannot use page.json: it is a document (judge it with `check page.json`, or "
       "put it into a folder and use scenario:DIR)"},
      {"notes.txt",
       "cannot use notes.txt: it is not executable (chmod +x notes.txt, or name its "
       "interpreter: cmd:'INTERPRETER notes.txt')"},
      {"cmd:", "no program was given (use cmd:'PROGRAM ARGS' or -- PROGRAM ARGS)"},
      {"cmd:no-such-program-here",
       "cannot run no-such-program-here: there is no such program on "
       "PATH (a program in this folder is ./no-such-program-here)"},
      {"cmd:./notes.txt",
       "cannot run ./notes.txt: it is not executable (chmod +x ./notes.txt, or "
       "name its interpreter: cmd:'INTERPRETER ./notes.txt')"},
      {"cmd:./empty", "cannot run ./empty: it is a folder (name the program in it)"},
      {"cmd:./conector.sh",
       "cannot use ./conector.sh: no such file (did you mean "
       "./connector.sh?)"},
      {"fixture:empty",
       "cannot use empty as a fixture: there is no fixture.json in it (record one: fivetran-sim "
       "record TARGET empty)"},
      {"runtime:", "no program was given (use runtime:'PROGRAM ARGS')"},
      {"runtime:./bootsrap", "cannot use ./bootsrap: no such file (did you mean ./bootstrap?)"},
  };
  for (const Bad& c : cases) {
    CAPTURE(std::string(c.given));
    const auto target = parse_target(c.given);
    REQUIRE_FALSE(target.has_value());
    CHECK(target.error().kind == base::ErrorKind::usage);
    CHECK(target.error().message == c.message);
  }
  for (const char* given : {"fixture:recorded", "recorded"}) {
    CAPTURE(std::string(given));
    const auto target = parse_target(given);
    REQUIRE(target);
    CHECK(target->kind == TargetKind::fixture);
    CHECK(target->text == "fixture:recorded");
  }
  CHECK_FALSE(parse_target("cmd:./connector.sh 'open").has_value());
}

TEST_CASE("deployed Lambda functions, by name or ARN") {
  const auto named = parse_target("lambda:orders:prod");
  REQUIRE(named);
  CHECK(named->kind == TargetKind::lambda);
  CHECK(named->text == "lambda:orders:prod");
  CHECK(named->function == "orders:prod");
  const std::string arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders";
  for (const std::string& given : {arn, "lambda:" + arn}) {
    const auto by_arn = parse_target(given);
    REQUIRE(by_arn);
    CHECK(by_arn->text == "lambda:" + arn);
  }
  CHECK_FALSE(parse_target("arn:aws:lambda:us-east-1:1:function:f"));
  CHECK(connectors::is_deployed(*named, ""));
  CHECK(connectors::is_deployed(*named, "https://lambda.example.com"));
  CHECK_FALSE(connectors::is_deployed(*named, "http://127.0.0.1:3002"));
}

TEST_CASE("URLs: what may be secret is left out of what is shown") {
  const auto url = parse_target("https://user:pw@example.com:8443/f?code=hunter2");
  REQUIRE(url);
  CHECK(url->kind == TargetKind::http);
  CHECK(url->text == "https://example.com:8443/f");
  CHECK(url->function == "https://user:pw@example.com:8443/f?code=hunter2");
  CHECK(connectors::is_deployed(*url, ""));
  for (const char* here : {"http://127.0.0.1:8080/", "http://localhost/f", "http://[::1]:80/"}) {
    CAPTURE(here);
    const auto local = parse_target(here);
    REQUIRE(local);
    CHECK_FALSE(connectors::is_deployed(*local, ""));
  }
  CHECK_FALSE(parse_target("https://"));
}

TEST_CASE("a function server, with the place of its port") {
  const auto server = parse_target("serve:sh -c 'echo {port}'");
  REQUIRE(server);
  CHECK(server->kind == TargetKind::serve);
  CHECK(server->text == "serve:sh -c 'echo {port}'");
  CHECK(server->argv == std::vector<std::string>{"sh", "-c", "echo {port}"});
  CHECK_FALSE(parse_target("serve:"));
  CHECK_FALSE(parse_target("serve:no-such-program --port {port}"));
}

TEST_CASE("the platform that a target usually runs on") {
  using connectors::usual_platform;
  using core::Platform;
  CHECK(usual_platform("https://orders.azurewebsites.net/api/f") == Platform::azure);
  CHECK(usual_platform("https://azurewebsites.net.example.com/") == Platform::gcp);
  CHECK(usual_platform("http://127.0.0.1:8080/") == Platform::gcp);
  CHECK(usual_platform("serve:npm start") == Platform::gcp);
  CHECK(usual_platform("http://127.0.0.1:9000/2015-03-31/functions/function/invocations") ==
        Platform::aws);
  CHECK(usual_platform("python:main.py") == Platform::aws);
  CHECK(usual_platform("lambda:orders") == Platform::aws);
}

TEST_CASE("Lambda's notation that fits two files is not guessed") {
  const support::TempDir dir;
  dir.write("both.py", "");
  dir.write("both.js", "");
  const connector_kit::InFolder in(dir.path());
  CHECK_FALSE(parse_target("both.handler").has_value());
  CHECK(parse_target("python:both.handler")->file.filename() == "both.py");
  CHECK(parse_target("node:both.handler")->file.filename() == "both.js");
}

TEST_CASE("the command after -- is shown as a shell would take it") {
  const auto target = connectors::command_target({"sh", "-c", "echo it's", "", "a=b"});
  REQUIRE(target.has_value());
  CHECK(target->text == "cmd:sh -c 'echo it'\\''s' '' a=b");
  const auto again = parse_target(target->text);
  REQUIRE(again.has_value());
  CHECK(again->argv == target->argv);
  CHECK_FALSE(connectors::command_target({}).has_value());
}
