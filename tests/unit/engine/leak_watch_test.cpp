// SPDX-License-Identifier: Apache-2.0
#include "engine/leak_watch.hpp"

#include "protocol/parse.hpp"

#include <doctest/doctest.h>

using core::Leak;
using core::LeakPlace;

namespace {

constexpr std::string_view kSecret = "hunter2-very-secret";

engine::LeakWatch watch() {
  return engine::LeakWatch(protocol::SecretSearch({{"apiToken", std::string(kSecret)}}));
}

std::string with_secret(std::string_view before) {
  return std::string(before) + std::string(kSecret);
}

core::RawResponse failed_call() {
  core::RawResponse raw;
  raw.failure = core::FailureKind::function_error;
  raw.error_type = "ValueError";
  raw.error_message = with_secret("refused: ");
  return raw;
}

}  // namespace

TEST_CASE("lines that were printed count for the call that ends, and only for that one") {
  engine::LeakWatch leaks = watch();
  leaks.on_log("nothing to see");
  leaks.on_log(with_secret("token "));
  leaks.on_log(with_secret("again "));
  const std::vector<Leak> found = leaks.take({}, nullptr);
  REQUIRE(found.size() == 1);
  CHECK(found[0].place == LeakPlace::log);
  CHECK(found[0].what == "apiToken");
  CHECK(found[0].configured);
  CHECK(found[0].count == 2);
  CHECK(leaks.take({}, nullptr).empty());
}

TEST_CASE("the tail of the log is read only where no line came by itself") {
  engine::LeakWatch leaks = watch();
  core::RawResponse raw;
  raw.log_tail = {with_secret("token "), "end"};
  REQUIRE(leaks.take(raw, nullptr).size() == 1);
  leaks.on_log("the same lines came one by one");
  CHECK(leaks.take(raw, nullptr).empty());
}

TEST_CASE("a secret in an answer and one in the log are two leaks") {
  engine::LeakWatch leaks = watch();
  const auto response = protocol::parse(base::PaddedBuffer(
      R"({"state":{},"insert":{"t":[{"id":"hunter2-very-secret"}]},"hasMore":false})"));
  leaks.on_log(with_secret("got "));
  const std::vector<Leak> found = leaks.take({}, &response);
  REQUIRE(found.size() == 2);
  CHECK(found[0].place == LeakPlace::insert);
  CHECK(found[0].table == "t");
  CHECK(found[1].place == LeakPlace::log);
}

TEST_CASE("a failed call that prints its error gives one leak; other secrets in its log stay") {
  engine::LeakWatch leaks(protocol::SecretSearch(
      {{"apiToken", std::string(kSecret)}, {"other", "swordfish-and-more"}}));
  core::RawResponse raw = failed_call();
  raw.stack_trace = {"main.py, line 3", with_secret("raise ValueError ")};
  leaks.on_log(with_secret("ValueError: refused: "));
  leaks.on_log("with swordfish-and-more");
  const std::vector<Leak> found = leaks.take(raw, nullptr);
  REQUIRE(found.size() == 2);
  CHECK(found[0].place == LeakPlace::error);
  CHECK(found[0].count == 2);
  CHECK(found[1].place == LeakPlace::log);
  CHECK(found[1].what == "other");
}
