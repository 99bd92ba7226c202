// SPDX-License-Identifier: Apache-2.0
#include "scene.hpp"

#include <doctest/doctest.h>

using core::FailureKind;
using core::Severity;
using scene::Lines;
using scene::Sync;

namespace {

std::string empty_page(int n, bool more = true) {
  return fmt::format(R"({{"state":{{"n":{}}},"insert":{{"t":[]}},"hasMore":{}}})", n, more);
}
constexpr const char* kLast = R"({"state":{"n":1},"insert":{},"hasMore":false})";

}  // namespace

TEST_CASE("empty pages warn from the third on and end the sync at the eleventh") {
  Sync sync;
  for (int n = 1; n <= 11; ++n) {
    const auto verdict = sync.call(empty_page(n));
    CAPTURE(n);
    CHECK(scene::lines(verdict.findings) == (n < 3    ? Lines{}
                                             : n < 11 ? Lines{"LOOP-01 warning - - 1"}
                                                      : Lines{"LOOP-02 error - - 1"}));
    CHECK(verdict.rejected == (n == 11));
  }
}

TEST_CASE("rows, soft deletes and the last page break the streak") {
  Sync sync;
  for (int n = 1; n <= 10; ++n) sync.call(empty_page(n));
  SUBCASE("the last page") {
    CHECK(sync.call(empty_page(11, false)).findings.empty());
  }
  SUBCASE("a soft delete") {
    CHECK(
        scene::lines(
            sync.call(
                    R"({"state":{"n":11},"insert":{},"softDelete":["t"],"schema":{"t":{}},"hasMore":true})")
                .findings)
            .empty());
    CHECK(sync.call(empty_page(12)).findings.empty());
  }
  SUBCASE("rows in the file of a sync through a bucket") {
    sync.request.bucket = "b";
    sync.raw.file.emplace();
    sync.raw.file->arrival = core::BucketFile::Arrival::in_time;
    sync.raw.file->bytes = base::PaddedBuffer(R"({"insert":{"t":[{"id":1}]}})");
    CHECK_FALSE(sync.call(R"({"state":{"n":11},"schema":{},"hasMore":true})").rejected);
  }
}

TEST_CASE("many calls are told once") {
  Sync sync;
  sync.warn_calls = 2;
  std::vector<std::size_t> findings;
  for (int n = 1; n <= 4; ++n)
    findings.push_back(
        sync
            .call(fmt::format(
                R"({{"state":{{"n":{}}},"insert":{{"t":[{{"id":{}}}]}},"schema":{{"t":{{"primary_key":["id"]}}}},"hasMore":true}})",
                n, n))
            .findings.size());
  CHECK(findings == std::vector<std::size_t>{0, 0, 1, 0});
}

TEST_CASE("the time limit of a sync is noted") {
  Sync sync;
  sync.call(empty_page(1));
  sync.six_hours = true;
  CHECK(scene::lines(sync.end(false), Severity::info) == Lines{"LOOP-03 info - - 1"});
}

TEST_CASE("sizes warn close to the limit and reject above it") {
  Sync sync;
  const std::string body = kLast;
  sync.limits.response_bytes = body.size();
  CHECK(scene::lines(sync.call(body).findings) == Lines{"LIM-01 warning - - 1"});
  sync.limits.response_bytes = body.size() - 1;
  CHECK(sync.call(body).rejected);
  sync.limits.response_bytes = 0;
  CHECK(sync.call(body).findings.empty());
  sync.request_bytes = 6'291'557;
  const auto verdict = sync.call(body);
  CHECK(verdict.rejected);
  CHECK(scene::lines(verdict.findings) == Lines{"LIM-02 error - - 1"});
  CHECK(verdict.findings[0].message ==
        "the request has 6,291,557 bytes (6.3 MB), above the platform's limit of 6,291,556 bytes "
        "(6.3 MB)");
}

TEST_CASE("what a platform refused for its size is told by the limit alone") {
  Sync sync;
  sync.raw.failure = FailureKind::response_too_large;
  sync.raw.refused_bytes = 7'000'000;
  CHECK(scene::lines(sync.call("").findings) == Lines{"LIM-01 error - - 1"});
  sync.raw.refused_bytes = 0;
  CHECK(scene::lines(sync.call("").findings) == Lines{"LIM-01 error - - 1"});
  sync.raw.failure = FailureKind::request_too_large;
  CHECK(scene::lines(sync.call("").findings) == Lines{"LIM-02 error - - 1"});
}

TEST_CASE("a long call warns close to the limit and rejects above it") {
  Sync sync;
  const auto after = [&](int seconds) {
    sync.raw.duration = std::chrono::seconds(seconds);
    return scene::lines(sync.call(kLast).findings);
  };
  CHECK(after(855).empty());
  CHECK(after(856) == Lines{"LIM-03 warning - - 1"});
  CHECK(after(900) == Lines{"LIM-03 warning - - 1"});
  CHECK(after(901) == Lines{"LIM-03 error - - 1"});
}
