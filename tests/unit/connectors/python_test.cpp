// SPDX-License-Identifier: Apache-2.0
#include "connector_kit.hpp"
#include "connectors/registry.hpp"
#include "connectors/target.hpp"
#include "support/temp_dir.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

// The outcomes here are those of awslambdaric 4.2 for the same handlers.

using connector_kit::handler;
using connector_kit::open;
using core::FailureKind;

namespace {

std::string python(std::string_view file, std::string_view function = {}) {
  std::string target = "python:" + handler(file).string();
  if (!function.empty()) target += ":" + std::string(function);
  return target;
}

std::string doing(std::string_view what) {
  return "{\"do\": \"" + std::string(what) + "\"}";
}

// Lines without carets: Python 3.11 and later draw them under the code.
bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

TEST_CASE("results of Python handlers are written as Lambda writes them") {
  struct Case {
    const char* what;
    const char* body;
  };
  const Case cases[] = {
      {"decimals", "[1.10, -0, 1E+3, 12345678901234567890.123456789, NaN, NaN, Infinity]"},
      {"floats", "[NaN, Infinity, -Infinity, 0.1, 1e+300, 1000000000000000000000000000000]"},
      {"named_tuples",
       R"({"one": {"x": 1, "y": 2}, "rows": [{"x": 3, "y": {"x": 4, "y": 5}}], "plain": [1, "a"]})"},
      {"keys", R"({"1": "c", "null": "b", "1.5": "d", "e": "f"})"},
      {"bytes_keys", R"({"raw": {"inner": 1}, "rows": [{"a": {"x": 1, "y": 2}}]})"},
      {"bytes_value", R"({"text": "plain", "list": ["x"]})"},
      {"raw_bytes", R"({"raw": 1})"},
      {"text", R"("a \"quoted\" line\n")"},
      {"nothing", "null"},
      {"prints", R"({"ok": true})"},
      {"logs", "1"},
      {"echo", R"({"do": "echo"})"},
  };
  const auto subject = open(python("odd.py"));
  for (const Case& c : cases) {
    CAPTURE(std::string(c.what));
    CHECK(subject.answer(doing(c.what)) == c.body);
  }
  CHECK(subject.call(doing("raw_bytes")).content_type == "application/unknown");
  CHECK(subject.call(doing("text")).content_type == "application/json");
  // Escaped or not: Lambda's Python 3.12 and later write Unicode as it is.
  const std::string text = subject.answer(doing("unicode_text"));
  const bool escaped = text == R"({"text": "Zo\u00eb \u2028 \ud83d\ude00 \u007f"})";
  const bool plain = text == "{\"text\": \"Zo\u00eb \u2028 \U0001f600 \x7f\"}";
  CHECK((escaped || plain));
}

TEST_CASE("Python results that are no JSON, and exceptions") {
  struct Case {
    const char* what;
    const char* type;
    const char* message;
  };
  constexpr const char* kMarshal = "Runtime.MarshalError";
  const Case cases[] = {
      {"date", kMarshal,
       "Unable to marshal response: Object of type datetime is not JSON serializable"},
      {"a_set", kMarshal,
       "Unable to marshal response: Object of type set is not JSON serializable"},
      {"member", kMarshal,
       "Unable to marshal response: Object of type Colour is not JSON serializable"},
      {"subclasses", kMarshal,
       "Unable to marshal response: Object of type type is not JSON serializable"},
      {"circle", kMarshal, "Unable to marshal response: Circular reference detected"},
      {"generator", kMarshal,
       "Unable to marshal response: Object of type generator is not JSON serializable"},
      {"yields", kMarshal,
       "Unable to marshal response: Object of type generator is not JSON serializable"},
      {"coroutine", kMarshal,
       "Unable to marshal response: Object of type coroutine is not JSON serializable"},
      {"Handler", kMarshal,
       "Unable to marshal response: Object of type Handler is not JSON serializable"},
      {"tuple_key", kMarshal, "Unable to marshal response: keys must be "},
      {"bytes_not_text", kMarshal,
       "Unable to marshal response: 'utf-8' codec can't decode byte 0xff in position 0: invalid "
       "start byte"},
      {"one_argument", "TypeError", "one_argument() takes 1 positional argument but 2 were given"},
      {"not_callable", "TypeError", "'int' object is not callable"},
      {"raises", "ValueError", "boom \u00eb"},
      {"raises_deep", "KeyError", "'cursor'"},
      {"raises_silent", "Silent", ""},
      {"recursion", "RecursionError", "maximum recursion depth exceeded"},
  };
  const auto subject = open(python("odd.py"));
  for (const Case& c : cases) {
    CAPTURE(std::string(c.what));
    const core::RawResponse raw = subject.call(doing(c.what));
    CHECK(raw.failure == FailureKind::function_error);
    CHECK(raw.error_type == c.type);
    CHECK(raw.error_message.rfind(c.message, 0) == 0);
    CHECK(raw.body.empty());
    CHECK(raw.may_have_run);
  }
  CHECK(subject.answer(doing("count")) == "1");
  CHECK(subject.answer(doing("count")) == "2");  // it stayed warm through all of them
}

TEST_CASE("a Python stack trace begins in the user's code") {
  const core::RawResponse raw = open(python("odd.py", "raises_deep")).call();
  REQUIRE(raw.stack_trace.size() == 2);
  CHECK(raw.stack_trace[0].rfind("  File \"" + handler("odd.py").string() + "\", line ", 0) == 0);
  CHECK(ends_with(raw.stack_trace[0], ", in raises_deep\n    return fail_in_helper()"));
  CHECK(ends_with(raw.stack_trace[1], ", in fail_in_helper\n    raise KeyError(\"cursor\")"));
  // And the log says the same, as on Lambda.
  CHECK(raw.log_tail.front() == "[ERROR] KeyError: 'cursor'");
  CHECK(ends_with(raw.log_tail.back(), "raise KeyError(\"cursor\")"));  // AWS's indents otherwise
}

TEST_CASE("handlers of the wrong shape get Lambda's errors when they are called directly") {
  CHECK(open(python("odd.py", "one_argument")).call().error_message ==
        "one_argument() takes 1 positional argument but 2 were given");
  CHECK(open(python("odd.py", "Handler")).call().error_type == "Runtime.MarshalError");
  CHECK(open(python("odd.py", "coroutine")).call().error_type == "Runtime.MarshalError");
  CHECK(open(python("odd.py", "not_callable")).call().error_message ==
        "'int' object is not callable");
}

TEST_CASE("a Python handler's context and process are Lambda's") {
  connectors::ConnectorOptions options;
  options.function_name = "orders";
  options.memory_mb = 1024;
  const auto subject = open(python("odd.py"), options);
  CHECK(subject.answer(doing("describe_context")) ==
        R"({"id": 36, "name": "orders", "version": "$LATEST", "memory": "1024", )"
        R"("arn": "arn:aws:lambda:us-east-1:012345678912:function:orders", )"
        R"("group": "/aws/lambda/orders", "stream": true, "remaining": true, "client": null, )"
        R"("identity": null})");
  CHECK(subject.answer(doing("describe_process")) ==
        R"({"main": "odd", "folder": "handlers", "path": "handlers", "root": true, )"
        R"("handler": "odd.lambda_handler", "zone": "+0000", "hour": 0, "stdin": "", )"
        R"("encoding": "utf-8", "temporary": true, "private": []})");
}

TEST_CASE("what a Python handler prints is log, never response") {
  const auto subject = open(python("odd.py"));
  const core::RawResponse raw = subject.call(doing("prints"));
  CHECK(raw.body.view() == R"({"ok": true})");
  CHECK(raw.log_lines == 2);
  CHECK(raw.log_tail == std::vector<std::string>{"to stdout", "to stderr"});
  // The rest of a line that was never ended comes with what follows it.
  subject.call(doing("raises_silent"));
  CHECK(subject.printed("raw without line end[ERROR] Silent"));
}

TEST_CASE("Python's logging is set up as on Lambda") {
  const auto subject = open(python("odd.py"));
  const core::RawResponse raw = subject.call(doing("logs"));
  // AWS's client ends a message with a line break and puts a traceback behind it, which has none.
  REQUIRE(raw.log_tail.size() == (connector_kit::with_aws_clients() ? 5 : 6));
  CHECK(raw.log_tail[0].rfind("[WARNING]\t20", 0) == 0);
  CHECK(ends_with(raw.log_tail[0], "Z\t" + raw.request_id + "\tpage 7"));
  CHECK(ends_with(raw.log_tail[1], "\tcaught"));
  if (connector_kit::with_aws_clients()) return;
  CHECK(raw.log_tail[5] == "ValueError: inner");
}

TEST_CASE("a Python process that ends is told in Lambda's words") {
  struct Case {
    const char* what;
    const char* message;
    int code;
    int signal;
    const char* log;
  };
  const Case cases[] = {
      {"exits", "Runtime exited with error: exit status 3", 3, 0, ""},
      {"exits_well", "Runtime exited without providing a reason", 0, 0, ""},
      {"exits_with_text", "Runtime exited with error: exit status 1", 1, 0, "no token"},
      {"exits_at_once", "Runtime exited with error: exit status 42", 42, 0, "last words"},
      {"is_killed", "Runtime exited with error: signal: killed", 0, 9, ""},
      {"crashes", "Runtime exited with error: signal: segmentation fault", 0, 11, ""},
      {"raises_interrupt", "Runtime exited with error: ", 0, 0, "KeyboardInterrupt"},
  };
  const auto subject = open(python("odd.py"));
  for (const Case& c : cases) {
    CAPTURE(std::string(c.what));
    const core::RawResponse raw = subject.call(doing(c.what));
    CHECK(raw.failure == FailureKind::exited);
    CHECK(raw.error_type == "Runtime.ExitError");
    CHECK(raw.error_message.rfind("RequestId: " + raw.request_id + " Error: " + c.message, 0) == 0);
    if (c.signal != 0) CHECK(raw.signal == c.signal);
    if (c.code != 0) CHECK(raw.exit_code == c.code);
    if (*c.log != 0) {
      REQUIRE_FALSE(raw.log_tail.empty());
      CHECK(raw.log_tail.back() == c.log);
    }
    CHECK(raw.may_have_run);
    // The next call starts anew.
    const core::RawResponse next = subject.call(doing("count"));
    CHECK(next.body.view() == "1");
    CHECK(next.init_duration.has_value());
  }
}

TEST_CASE("Python files that cannot be loaded") {
  struct Case {
    const char* file;
    const char* type;
    const char* message;
  };
  const Case cases[] = {
      {"syntax_error.py", "Runtime.UserCodeSyntaxError", "Syntax error in module 'syntax_error': "},
      {"import_error.py", "Runtime.ImportModuleError",
       "Unable to import module 'import_error': No module named 'no_such_package_anywhere'"},
      {"raises_at_import.py", "KeyError", "'NO_SUCH_VARIABLE_ANYWHERE'"},
      {"shadow/time.py", "Runtime.BuiltInModuleConflict",
       "Cannot use built-in module time as a handler module"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.file));
    const auto subject = open(python(c.file));
    const core::RawResponse raw = subject.call();
    CHECK(raw.failure == FailureKind::init_error);
    CHECK(raw.error_type == c.type);
    CHECK(raw.error_message.rfind(c.message, 0) == 0);
    CHECK_FALSE(raw.may_have_run);
    CHECK(subject.printed("[ERROR] " + std::string(c.type)));
    CHECK(subject.call().failure == FailureKind::init_error);  // the next call loads again
  }
  const core::RawResponse syntax = open(python("syntax_error.py")).call();
  CHECK(syntax.error_message.find("(syntax_error.py, line 3)") != std::string::npos);
  REQUIRE(syntax.stack_trace.size() == 1);
  CHECK(syntax.stack_trace[0].rfind("  File \"" + handler("syntax_error.py").string() +
                                        "\" Line 3\n        return {\"state\": {}",
                                    0) == 0);
  const core::RawResponse raised = open(python("raises_at_import.py")).call();
  REQUIRE_FALSE(raised.stack_trace.empty());
  // AWS's client shows the frames of importlib before it.
  const std::string place = "  File \"" + handler("raises_at_import.py").string();
  CHECK(std::any_of(raised.stack_trace.begin(), raised.stack_trace.end(),
                    [&](const std::string& frame) { return frame.rfind(place, 0) == 0; }));
  if (!connector_kit::with_aws_clients()) CHECK(raised.stack_trace[0].rfind(place, 0) == 0);
  CHECK(raised.log_tail.front() == "loading");

  const core::RawResponse exits = open(python("exits_at_import.py")).call();
  CHECK(exits.failure == FailureKind::exited);
  CHECK(exits.exit_code == 4);
  CHECK(exits.log_tail.back() == "no configuration, giving up");
  CHECK_FALSE(exits.may_have_run);
}

TEST_CASE("the function of a Python file is found or the functions are listed") {
  CHECK(open(python("main_only.py")).answer() == "\"main_only.main\"");
  CHECK(open(python("main_only.py", "helper")).answer() == "\"helper\"");
  // AWS's client takes whatever is called handler.
  if (connector_kit::with_aws_clients()) return;
  CHECK(
      open(python("no_handler.py")).error() ==
      "usage: cannot find the handler in no_handler.py: it has no lambda_handler, handler or main "
      "(name one of fetch_orders, sync, such as no_handler.py:fetch_orders)");
  const auto quiet = open(python("no_handler.py", "nonsense"));
  CHECK(quiet.error().find("usage: cannot call nonsense in no_handler.py") == 0);
  CHECK(quiet.lines().empty());  // one message is enough
  CHECK(open(python("no_handler.py", "synch")).error() ==
        "usage: cannot call synch in no_handler.py: there is no such function (did you mean sync? "
        "it has fetch_orders, sync)");
  CHECK(open(python("no_functions.py", "handler")).error() ==
        "usage: cannot call handler in no_functions.py: there is no such function (it has no "
        "function at all)");
  CHECK(open(python("odd.py", "nonsense")).error().find(" and 4") != std::string::npos);
}

TEST_CASE("Python files are found as Lambda and Python find them") {
  CHECK(open(python("my-connector.v2.py")).answer() == R"("sibling my-connector.v2")");
  CHECK(open(python("package/relative.py")).answer() == R"(["part", "part", "package.relative"])");
  // On Lambda, the standard library's module of that name is there already and has no handler.
  if (connector_kit::with_aws_clients())
    CHECK(open(python("shadow/json.py")).error().find("missing on module 'json'") !=
          std::string::npos);
  else
    CHECK(open(python("shadow/json.py")).answer("{\"a\": 1}") == R"({"event": {"a": 1}})");
  const connector_kit::InFolder in(handler(""));
  CHECK(open("folder/absolute.handler").answer() ==
        R"(["near", "folder.absolute", "handlers", "folder/absolute.handler"])");
  CHECK(open("python:folder.absolute.handler").answer() ==
        R"(["near", "folder.absolute", "handlers", "folder/absolute.handler"])");
}

TEST_CASE("each virtual environment and interpreter is used as it should be") {
  namespace fs = std::filesystem;
  const support::TempDir dir;
  const std::string file =
      dir.write("app/main.py", "def main(e, c):\n    return __import__('os').environ['WHO']\n");
  const auto fake = [&](const std::string& folder) {
    const std::string program =
        dir.write(folder + "/python3",
                  "#!/bin/sh\nif [ \"$1\" = -c ]; then echo \"$0\"; exit; fi\n"
                  "WHO=" +
                      folder + " exec python3 \"$@\"\n");
    fs::permissions(program, fs::perms::owner_all);
    return program;
  };
  connectors::ConnectorOptions options;
  options.runtime_client = connectors::RuntimeClient::built_in;
  options.project_root = dir.path();
  connector_kit::WithVariable no_environment("VIRTUAL_ENV", "");

  fake(".venv/bin");
  CHECK(open("python:" + file, options).answer() == "\".venv/bin\"");
  fake("app/.venv/bin");
  CHECK(open("python:" + file, options).answer() == "\"app/.venv/bin\"");
  fake("active/bin");
  {
    const connector_kit::WithVariable active("VIRTUAL_ENV", (dir.path() / "active").string());
    CHECK(open("python:" + file, options).answer() == "\"active/bin\"");
  }
  options.python = fake("chosen");
  CHECK(open("python:" + file, options).answer() == "\"chosen\"");
}

TEST_CASE("no interpreter, a broken one and an old one are errors that say what to do") {
  namespace fs = std::filesystem;
  const support::TempDir dir;
  const std::string file = dir.write("main.py", "def main(e, c):\n    return 1\n");
  const auto target = connectors::parse_target("python:" + file);
  REQUIRE(target.has_value());
  const auto failure = [&](const connectors::ConnectorOptions& options) {
    const auto made = connectors::make_connector(*target, options, {});
    REQUIRE_FALSE(made.has_value());
    return connector_kit::text(made.error());
  };
  const connector_kit::WithVariable no_environment("VIRTUAL_ENV", "");
  connectors::ConnectorOptions options;
  options.env = {{"PATH", dir.path().string()}};
  options.project_root = dir.path();
  CHECK(
      failure(options) ==
      "environment: cannot run a Python handler: no python3 on PATH and no .venv (install Python "
      "3.6 or later, with apt-get install python3 or brew install python, or give --python PATH)");

  const std::string broken =
      dir.write("python3", "#!/bin/sh\necho 'pyenv: python3: command not found' >&2\nexit 127\n");
  fs::permissions(broken, fs::perms::owner_all);
  CHECK(failure(options) == "environment: cannot start " + broken +
                                ": pyenv: python3: command not found (give --python PATH)");

  options.python = "no-such-python";
  CHECK(failure(options) == "usage: cannot use --python no-such-python: there is no such program");

  options.python.clear();
  fs::create_directories(dir.path() / ".venv/bin");
  fs::create_symlink("/no/such/python3", dir.path() / ".venv/bin/python3");
  CHECK(failure(options).find("the interpreter that it links to is gone") != std::string::npos);

  // An interpreter that says it is old.
  dir.write("old/sitecustomize.py", "import sys\nsys.version_info = (3, 5, 2, 'final', 0)\n");
  connectors::ConnectorOptions old;
  old.env = {{"PYTHONPATH", (dir.path() / "old").string()}};
  old.project_root = dir.path() / "old";
  old.python = "python3";
  CHECK(open("python:" + file, old).error() ==
        "environment: cannot run python:" + file +
            ":main: this is Python 3.5 (Python 3.6 or later is needed: give --python PATH)");
}
