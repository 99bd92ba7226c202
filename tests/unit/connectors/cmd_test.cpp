// SPDX-License-Identifier: Apache-2.0
#include "connector_kit.hpp"
#include "connectors/cmd_connector.hpp"
#include "support/temp_dir.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include <doctest/doctest.h>

using connector_kit::open;
using core::FailureKind;

namespace {

// A shell command as a target.
connector_kit::Subject shell(const std::string& script,
                             const connectors::ConnectorOptions& options = {}) {
  return open("cmd:sh -c '" + script + "'", options);
}

}  // namespace

TEST_CASE("a command gets the request on stdin and answers on stdout") {
  const auto subject = shell("cat; echo page 1 >&2; echo page 2 >&2");
  const core::RawResponse raw = subject.call("{\"state\": {}}");
  CHECK(raw.answered());
  CHECK(raw.body.view() == "{\"state\": {}}");
  CHECK(raw.exit_code == 0);
  CHECK(raw.log_lines == 2);
  CHECK(raw.log_tail == std::vector<std::string>{"page 1", "page 2"});
  CHECK(subject.lines() == raw.log_tail);
  CHECK(raw.duration.count() > 0);
  CHECK(subject.connector->describe() == "cmd:sh -c 'cat; echo page 1 >&2; echo page 2 >&2'");
  CHECK(subject.call("again").body.view() == "again");
}

TEST_CASE("a command runs in the current folder") {
  const support::TempDir dir;
  const connector_kit::InFolder in(dir.path());
  CHECK(shell("pwd").answer() == std::filesystem::current_path().string() + "\n");
}

TEST_CASE("a large request and a large answer pass at once") {
  const std::string request(6'000'000, 'x');
  CHECK(shell("cat").answer(request) == request);
}

TEST_CASE("a command that does not read its request may answer") {
  CHECK(shell("echo {}").answer(std::string(6'000'000, 'x')) == "{}\n");
}

TEST_CASE("a command that fails is told with its last words") {
  const core::RawResponse raw = shell("echo half; echo no token >&2; exit 42").call();
  CHECK(raw.failure == FailureKind::exited);
  CHECK(raw.error_type == "Runtime.ExitError");
  CHECK(raw.error_message ==
        "RequestId: " + raw.request_id + " Error: Runtime exited with error: exit status 42");
  CHECK(raw.exit_code == 42);
  CHECK(raw.log_tail == std::vector<std::string>{"no token"});
  CHECK(raw.body.view() == "half\n");

  const core::RawResponse killed = shell("kill -SEGV $$").call();
  CHECK(killed.failure == FailureKind::exited);
  CHECK(killed.signal == 11);
  CHECK_FALSE(killed.exit_code.has_value());
  CHECK(killed.error_message.find("Runtime exited with error: signal: segmentation fault") !=
        std::string::npos);
}

TEST_CASE("a command that hangs is killed with all that it started") {
  const auto subject = shell("sleep 600 & echo waiting for $! >&2; sleep 600");
  const auto start = std::chrono::steady_clock::now();
  const core::RawResponse raw = subject.call("{}", std::chrono::milliseconds(300));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  CHECK(raw.failure == FailureKind::timed_out);
  CHECK(raw.error_type == "Sandbox.Timedout");
  CHECK(raw.error_message ==
        "RequestId: " + raw.request_id + " Error: Task timed out after 0.30 seconds");
  REQUIRE(raw.log_tail.size() == 1);
  CHECK(connector_kit::is_gone(raw.log_tail.front()));
}

TEST_CASE("an answer above the platform's limit is not passed on") {
  const core::RawResponse raw = shell("yes").call();
  CHECK(raw.failure == FailureKind::response_too_large);
  CHECK(raw.error_type == "Function.ResponseSizeTooLarge");
  CHECK(raw.error_message ==
        "Response payload size exceeded maximum allowed payload size (6291556 bytes).");
  CHECK(raw.refused_bytes >= 6'291'556);
  connectors::ConnectorOptions gcp;
  gcp.platform = core::Platform::gcp;
  CHECK(shell("head -c 7000000 /dev/zero", gcp).answer().size() == 7'000'000);
}

TEST_CASE("a request above the platform's limit is not sent") {
  const core::RawResponse raw = shell("echo ran >&2").call(std::string(6'291'457, 'x'));
  CHECK(raw.failure == FailureKind::request_too_large);
  CHECK(raw.error_type == "RequestEntityTooLargeException");
  CHECK(raw.error_message ==
        "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 "
        "bytes)");
  CHECK(raw.refused_bytes == 6'291'457);
  CHECK_FALSE(raw.may_have_run);
  CHECK(raw.log_lines == 0);
}

TEST_CASE("a command can be stopped from another thread") {
  const auto subject = shell("echo started >&2; sleep 600");
  std::thread other([&] {
    while (!subject.printed("started")) std::this_thread::yield();
    subject.connector->stop();
  });
  const core::RawResponse raw = subject.call();
  other.join();
  CHECK(raw.failure == FailureKind::exited);
  CHECK(raw.error_message == "the connector was stopped before it answered");
}

TEST_CASE("a program that is gone by the time of the call is an Error") {
  const support::TempDir dir;
  const std::string file = dir.write("connector.sh", "#!/bin/sh\ncat\n");
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  const auto subject = open("cmd:" + file);
  CHECK(subject.answer("x") == "x");
  std::filesystem::remove(file);
  CHECK(subject.error().find("usage: ") == 0);
}
