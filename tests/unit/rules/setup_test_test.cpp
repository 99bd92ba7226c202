// SPDX-License-Identifier: Apache-2.0
#include "scene.hpp"

#include <doctest/doctest.h>

using core::FailureKind;
using core::Severity;
using scene::Lines;
using scene::Sync;

namespace {

Sync setup_test(bool with_state = true) {
  Sync sync;
  sync.request.setup_test = true;
  sync.request.send_state = with_state;
  sync.request.only_informs = !with_state;
  sync.limits.call_time = std::chrono::seconds(300);
  return sync;
}
Lines judged(Sync sync, std::string_view body) {
  return scene::lines(sync.call(body).findings, Severity::info);
}

}  // namespace

TEST_CASE("any well-formed object passes the setup test") {
  CHECK(judged(setup_test(), "{}").empty());
  CHECK(judged(setup_test(), R"({"state":{},"insert":{},"delete":{},"schema":{},"hasMore":false})")
            .empty());
}

TEST_CASE("a failed setup test is one error; without state it is a note") {
  for (const char* body : {"null", "", "[]", "{", R"({"errorMessage":"no access"})"}) {
    CAPTURE(body);
    CHECK(judged(setup_test(), body) == Lines{"SET-01 error - - 1"});
    CHECK(judged(setup_test(false), body) == Lines{"SET-01 info - - 1"});
  }
  Sync failed = setup_test();
  failed.raw.failure = FailureKind::function_error;
  failed.raw.error_type = "KeyError";
  CHECK(failed.call("").findings.at(0).message ==
        "the setup test failed: the handler raised an error: KeyError");
}

TEST_CASE("a setup test must be small and quick and need not bring rows") {
  const std::string rows = R"({"state":{},"insert":{"t":[{"id":1}]},"hasMore":false})";
  CHECK(judged(setup_test(), rows) == Lines{"SET-04 info - /insert 1"});
  CHECK(judged(setup_test(), rows + std::string(65'536 - rows.size(), ' ')) ==
        Lines{"SET-04 info - /insert 1"});
  CHECK(judged(setup_test(), "{}" + std::string(65'535, ' ')) == Lines{"SET-02 error - - 1"});
  Sync slow = setup_test();
  slow.raw.duration = std::chrono::seconds(60);
  CHECK(slow.call("{}").findings.empty());
  slow.raw.duration = std::chrono::seconds(61);
  CHECK(scene::lines(slow.call("{}").findings) == Lines{"SET-03 warning - - 1"});
  slow.raw.duration = std::chrono::seconds(301);
  CHECK(scene::lines(slow.call("{}").findings) == Lines{"SET-03 error - - 1"});
}

TEST_CASE("a setup test that was cut off is told by its size or time") {
  Sync cut = setup_test();
  cut.raw.failure = FailureKind::timed_out;
  CHECK(scene::lines(cut.call("").findings) == Lines{"SET-03 error - - 1"});
  cut.limits.call_time = std::chrono::seconds(20);  // the user's own limit
  CHECK(scene::lines(cut.call("").findings) == Lines{"SET-01 error - - 1"});
  cut.raw.failure = FailureKind::response_too_large;
  CHECK(scene::lines(cut.call("").findings) == Lines{"SET-02 error - - 1"});
}
