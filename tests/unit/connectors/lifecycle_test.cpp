// SPDX-License-Identifier: Apache-2.0
#include "base/process_proc.hpp"
#include "connector_kit.hpp"
#include "support/temp_dir.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

// What happens to the processes of python: and node: targets.

using connector_kit::handler;
using connector_kit::open;
using connector_kit::Subject;
using core::FailureKind;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

std::string python(std::string_view function) {
  return "python:" + handler("odd.py").string() + ":" + std::string(function);
}
std::string node(std::string_view function) {
  return "node:" + handler("odd.js").string() + ":" + std::string(function);
}

// Whether a process is stopped, or is so within ten seconds.
bool stands_still(pid_t pid) {
  for (int i = 0; i < 1000 && base::process_stat(pid).state != 'T'; ++i)
    std::this_thread::sleep_for(milliseconds(10));
  return base::process_stat(pid).state == 'T';
}

// The last line that holds `part`.
std::string line_with(const core::RawResponse& raw, std::string_view part) {
  for (const std::string& line : raw.log_tail)
    if (line.find(part) != std::string::npos) return line;
  FAIL("no line with ", part);
  return {};
}

}  // namespace

TEST_CASE("a process is started by the first call and kept") {
  for (const std::string& target : {python("count"), node("count")}) {
    CAPTURE(target);
    const auto subject = open(target);
    const core::RawResponse first = subject.call();
    CHECK(first.body.view() == "1");
    CHECK(first.init_duration.has_value());
    CHECK(first.duration.count() > 0);
    CHECK(first.duration < *first.init_duration);
    const core::RawResponse second = subject.call();
    CHECK(second.body.view() == "2");
    CHECK_FALSE(second.init_duration.has_value());
    CHECK_FALSE(second.exit_code.has_value());
    CHECK(second.request_id != first.request_id);
    CHECK(second.peak_memory_bytes > 1'000'000);
    CHECK(subject.connector->describe() == target);
  }
}

TEST_CASE("a cold connector starts a process for each call") {
  connectors::ConnectorOptions options;
  options.cold = true;
  const auto subject = open(python("count"), options);
  for (int i = 0; i < 3; ++i) {
    const core::RawResponse raw = subject.call();
    CHECK(raw.body.view() == "1");
    CHECK(raw.init_duration.has_value());
    CHECK_FALSE(raw.exit_code.has_value());
  }
}

TEST_CASE("a handler over its time limit is killed, and the next call starts anew") {
  for (const std::string& target :
       {python("hangs"), node("hangs"), python("hangs_hard"), node("hangsHard")}) {
    CAPTURE(target);
    const auto subject = open(target);
    const auto start = std::chrono::steady_clock::now();
    const core::RawResponse raw = subject.call("{}", milliseconds(500));
    CHECK(std::chrono::steady_clock::now() - start < seconds(30));
    CHECK(raw.failure == FailureKind::timed_out);
    CHECK(raw.error_type == "Sandbox.Timedout");
    CHECK(raw.error_message ==
          "RequestId: " + raw.request_id + " Error: Task timed out after 0.50 seconds");
    CHECK(raw.duration >= milliseconds(500));
    CHECK(raw.may_have_run);
    CHECK_FALSE(raw.exit_code.has_value());
    if (target.find("ard") == std::string::npos) CHECK(subject.printed("waiting"));
    CHECK(subject.call("{}", milliseconds(500)).init_duration.has_value());
  }
}

TEST_CASE("a time-out kills what the handler started, even in another session") {
  struct Case {
    std::string target, event;
  };
  const Case cases[] = {
      {python("leaves_grandchild"), "{\"hang\": true}"},
      {node("leavesGrandchild"), "{\"hang\": true}"},
#ifdef __linux__
      {python("leaves_grandchild"), "{\"hang\": true, \"session\": true}"},
      {node("leavesGrandchild"), "{\"hang\": true, \"session\": true}"},
#endif
  };
  for (const Case& c : cases) {
    CAPTURE(c.target);
    const auto subject = open(c.target);
    subject.call("{\"hang\": true}",
                 milliseconds(1));  // loads the file; the next call has the time
    const core::RawResponse raw = subject.call(c.event, seconds(2));
    REQUIRE(raw.failure == FailureKind::timed_out);
    CHECK(connector_kit::is_gone(line_with(raw, "grandchild")));
  }
}

TEST_CASE("a grandchild does not outlive a handler that exits, nor the connector") {
  for (const std::string& target : {python("leaves_grandchild"), node("leavesGrandchild")}) {
    CAPTURE(target);
    const auto subject = open(target);
    const core::RawResponse raw = subject.call("{\"exit\": true}");
    REQUIRE(raw.failure == FailureKind::exited);
    CHECK(raw.exit_code == 1);
    CHECK(connector_kit::is_gone(line_with(raw, "grandchild")));
  }
  std::string grandchild;
  {
    const auto subject = open(python("leaves_grandchild"));
    grandchild =
        " " + subject.answer("{}");  // it holds our pipes, and the answer comes all the same
    CHECK(subject.answer("{}") != grandchild);
  }
  CHECK(connector_kit::is_gone(grandchild));
}

TEST_CASE("a flood of output passes as log") {
  for (const std::string& target : {python("floods"), node("floods")}) {
    CAPTURE(target);
    const auto subject = open(target);
    const core::RawResponse raw = subject.call("{\"megabytes\": 100}", seconds(300));
    CHECK(raw.body.view() == "\"done\"");
    CHECK(raw.log_tail.size() == core::RawResponse::kLogTail);
    // AWS's client for Node answers before what the handler wrote to process.stdout has left it.
    if (connector_kit::with_aws_clients() && target == node("floods")) continue;
    CHECK(raw.log_lines == 100 * 1024);
    CHECK(subject.lines().size() == 100 * 1024);
  }
}

TEST_CASE("an answer of 50 MB is refused as by Lambda, one at the limit passes") {
  for (const bool is_python : {true, false}) {
    CAPTURE(is_python);
    const auto large = open(is_python ? python("megabytes") : node("megabytes"));
    const core::RawResponse raw = large.call("{\"megabytes\": 50}", seconds(300));
    CHECK(raw.failure == FailureKind::response_too_large);
    CHECK(raw.error_type == "Function.ResponseSizeTooLarge");
    CHECK(raw.error_message ==
          "Response payload size exceeded maximum allowed payload size (6291556 bytes).");
    CHECK(raw.refused_bytes == 50u * 1024 * 1024 + 2);
    CHECK(raw.body.empty());
    CHECK(large.answer("{\"megabytes\": 1}").size() == 1024 * 1024 + 2);

    const auto exact = open(is_python ? python("exact") : node("exact"));
    CHECK(exact.answer("{\"bytes\": 6291556}").size() == 6'291'556);
    CHECK(exact.call("{\"bytes\": 6291557}").failure == FailureKind::response_too_large);
  }
}

TEST_CASE("a request of 6 MB arrives, a larger one is not sent") {
  const std::string event = "{\"x\":\"" + std::string(6'291'456 - 8, 'x') + "\"}";
  REQUIRE(event.size() == 6'291'456);
  CHECK(open(node("echo")).answer(event) == event);
  CHECK(open(python("echo")).answer(event).size() == event.size() + 1);  // a blank behind the colon
  const core::RawResponse raw = open(node("echo")).call(event + " ");
  CHECK(raw.failure == FailureKind::request_too_large);
  CHECK_FALSE(raw.may_have_run);
}

TEST_CASE("what is printed after the answer belongs to a later call") {
  const auto subject = open(python("prints_later"));
  CHECK(subject.call("{\"seconds\": 0.3}").log_lines == 0);
  std::this_thread::sleep_for(milliseconds(800));
  CHECK(subject.printed("from a thread"));
  CHECK(subject.call("{\"seconds\": 60}").log_tail == std::vector<std::string>{"from a thread"});
}

TEST_CASE("memory over the limit ends the process as on Lambda") {
#ifdef __linux__
  connectors::ConnectorOptions options;
  options.memory_limit = 200 * 1024 * 1024;
  const auto subject = open(python("eats_memory"), options);
  const core::RawResponse raw = subject.call();
  CHECK(raw.failure == FailureKind::out_of_memory);
  CHECK(raw.error_type == "Runtime.OutOfMemory");
  CHECK(raw.error_message ==
        "RequestId: " + raw.request_id + " Error: Runtime exited with error: signal: killed");
  CHECK(raw.peak_memory_bytes > options.memory_limit);
#endif
}

TEST_CASE("a frozen process stands still between calls and answers all the same") {
#ifdef __linux__
  connectors::ConnectorOptions options;
  options.freeze = true;
  for (const std::string& target : {python("process_id"), node("processId")}) {
    CAPTURE(target);
    const auto subject = open(target, options);
    for (int call = 0; call < 3; ++call) {
      const auto pid = static_cast<pid_t>(std::stoi(subject.answer()));
      CHECK(stands_still(pid));
    }
  }
  const auto lively = open(python("process_id"));
  CHECK(base::process_stat(static_cast<pid_t>(std::stoi(lively.answer()))).state != 'T');
  // One that goes on working after its answer is frozen only when it has given the call back.
  const auto late = open(python("prints_later"), options);
  late.call("{\"seconds\": 0.1}");
  CHECK(late.call("{\"seconds\": 60}").answered());
#endif
}

TEST_CASE("loading has its own time limit and is tried once more within the call's") {
  const support::TempDir dir;
  const std::string target = "python:" + handler("hangs_at_import.py").string();
  connectors::ConnectorOptions options;
  options.init_timeout = milliseconds(700);
  {
    const auto subject = open(target, options);
    const core::RawResponse raw = subject.call("{}", milliseconds(500));
    CHECK(raw.failure == FailureKind::timed_out);
    CHECK(raw.error_message.find("Task timed out after 0.50 seconds") != std::string::npos);
    CHECK_FALSE(raw.may_have_run);
    CHECK_FALSE(raw.init_duration.has_value());
    CHECK(subject.printed("INIT_REPORT Init Duration: 700 ms Phase: init Status: timeout"));
  }
  // Slow the first time only; the time must suffice to come that far on a busy machine.
  options.init_timeout = seconds(4);
  options.env = {{"MARKER", (dir.path() / "marker").string()}};
  const auto subject = open(target, options);
  const core::RawResponse raw = subject.call("{}", seconds(30));
  REQUIRE(raw.answered());
  CHECK(std::stoi(std::string(raw.body.view())) <= 30'000);
  CHECK_FALSE(raw.init_duration.has_value());
}

TEST_CASE("a connector can be stopped while it loads and while it works") {
  for (const std::string& target :
       {python("hangs"), node("hangs"), "python:" + handler("hangs_at_import.py").string()}) {
    CAPTURE(target);
    const auto subject = open(target);
    std::thread other([&] {
      std::this_thread::sleep_for(milliseconds(300));
      subject.connector->stop();
    });
    const auto start = std::chrono::steady_clock::now();
    const core::RawResponse raw = subject.call();
    other.join();
    CHECK(std::chrono::steady_clock::now() - start < seconds(8));
    CHECK(raw.failure == FailureKind::exited);
    CHECK(raw.error_message == "the connector was stopped before it answered");
  }
}

TEST_CASE("a handler does not see the caller's AWS access, the request holds the secrets alone") {
  const connector_kit::WithVariable key("AWS_SECRET_ACCESS_KEY", "hush");
  connectors::ConnectorOptions options;
  options.env = {{"EXTRA", "1"}};
  const std::string event =
      R"({"names": ["AWS_SECRET_ACCESS_KEY", "AWS_CONFIG_FILE", "AWS_REGION", "EXTRA"]})";
  CHECK(open(python("environment"), options).answer(event) ==
        R"({"AWS_SECRET_ACCESS_KEY": null, "AWS_CONFIG_FILE": "/dev/null", "AWS_REGION": )"
        R"("us-east-1", "EXTRA": "1"})");
  CHECK(open(node("environment"), options).answer(event) ==
        R"([null,"/dev/null","us-east-1","1"])");
  options.aws_credentials = connectors::AwsCredentials::inherit;
  CHECK(open(node("environment"), options).answer(event).find("hush") != std::string::npos);
}

TEST_CASE("the folder for temporary files goes with the connector") {
  std::string folder;
  {
    const auto subject = open(python("environment"));
    folder = subject.answer(R"({"names": ["TMPDIR"]})");
  }
  folder = folder.substr(12, folder.size() - 14);
  CHECK(folder.find("fivetran-sim-") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder));
}
