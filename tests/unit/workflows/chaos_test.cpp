// SPDX-License-Identifier: Apache-2.0
#include "support/fakes.hpp"
#include "support/temp_dir.hpp"
#include "workflows/chaos_faults.hpp"
#include "workflows/chaos_progress.hpp"
#include "workflows/faulty_connector.hpp"
#include "workflows/table_difference.hpp"

#include <doctest/doctest.h>

using workflows::FaultKind;
using workflows::FaultyConnector;

namespace {

// Counts how often a connector was made and called.
struct Bench {
  workflows::MakeConnector make() {
    return [this]() -> base::Result<std::unique_ptr<core::Connector>> {
      ++made;
      return std::make_unique<support::FakeConnector>([this](std::string_view body, int) {
        requests.emplace_back(body);
        core::RawResponse raw;
        raw.body = base::PaddedBuffer(R"({"state":{},"hasMore":false})");
        return raw;
      });
    };
  }
  int made = 0;
  std::vector<std::string> requests;
};

core::RawResponse call(FaultyConnector& connector, std::string_view body = "{}") {
  auto raw = connector.invoke({body, std::chrono::milliseconds(1000)});
  REQUIRE(raw);
  return std::move(*raw);
}

}  // namespace

TEST_CASE("pages: all of a short sync, three of a long one, or a list") {
  CHECK(*workflows::pages_named("", 3) == std::vector<int>{1, 2, 3});
  CHECK(*workflows::pages_named("", 21) == std::vector<int>{1, 11, 21});
  CHECK(workflows::pages_named("all", 30)->size() == 30);
  CHECK(*workflows::pages_named("5-7,1,99", 6) == std::vector<int>{1, 5, 6});
  for (const char* wrong : {"0", "x", "3-1", "1,,2", "7-9"})
    CHECK_MESSAGE(!workflows::pages_named(wrong, 6), wrong);
}

TEST_CASE("faults: known names in the order of the matrix") {
  CHECK(workflows::faults_named({})->size() == workflows::all_faults().size());
  const auto two = workflows::faults_named({"resync", "lost"});
  REQUIRE(two);
  CHECK(two->front().kind == FaultKind::lost);
  CHECK(two->back().once);
  CHECK(workflows::faults_named({"colt"}).error().message.find("did you mean cold?") !=
        std::string::npos);
}

TEST_CASE("a lost response was given, and nobody gets it") {
  Bench bench;
  std::uint64_t calls = 0;
  FaultyConnector connector(bench.make(),
                            {.kind = FaultKind::lost, .page = 2, .calls_made = &calls});
  CHECK(call(connector).answered());
  CHECK(call(connector).failure == core::FailureKind::unreachable);
  CHECK(call(connector).answered());
  CHECK(calls == 3);
  CHECK(bench.made == 1);
}

TEST_CASE("a call made twice, a damaged answer, one that breaks off, one too large") {
  Bench twice, garbled, cut, large;
  FaultyConnector a(twice.make(), {.kind = FaultKind::twice, .page = 1});
  CHECK(call(a).answered());
  CHECK(twice.requests.size() == 2);
  FaultyConnector b(garbled.make(), {.kind = FaultKind::garbled, .page = 1});
  CHECK(call(b).body.view().find('\x02') != std::string_view::npos);
  FaultyConnector c(cut.make(), {.kind = FaultKind::truncated, .page = 1, .share = 0.5});
  CHECK(call(c).body.view() == R"({"state":{},"h)");
  FaultyConnector d(large.make(),
                    {.kind = FaultKind::oversized, .page = 1, .response_limit = 6000});
  const core::RawResponse refused = call(d);
  CHECK(refused.failure == core::FailureKind::response_too_large);
  CHECK(refused.refused_bytes == 6001);
}

TEST_CASE("a cold start comes between the page and the next call") {
  Bench bench;
  FaultyConnector connector(bench.make(), {.kind = FaultKind::cold, .page = 2});
  for (int i = 0; i < 4; ++i) call(connector);
  CHECK(bench.made == 2);
}

TEST_CASE("a state in other bytes says the same") {
  constexpr const char* kRequest =
      R"({"agent":"a","state":{"b":{"y":[1,{"q":2,"p":1.50}],"x":12345678901234567890},"a\n":"zé\u0001"},"secrets":{}})";
  CHECK(
      workflows::with_reordered_state(kRequest) ==
      R"({"agent":"a","state":{"a\n":"zé\u0001","b":{"x":12345678901234567890,"y":[1,{"p":1.50,"q":2}]}},"secrets":{}})");
  const std::string respelled = workflows::with_respelled_state(kRequest);
  CHECK(respelled.find(R"("\u0062":  {)") != std::string::npos);
  CHECK(respelled.find(R"("\u007aé\u0001")") != std::string::npos);
  CHECK(respelled.find("12345678901234567890") != std::string::npos);
  CHECK(respelled.find(R"("secrets":{})") != std::string::npos);
}

TEST_CASE("only what differs from before and from after is the fault's") {
  using workflows::RowEffect;
  workflows::TableEffects before{.extra = 2, .lost = 1}, after{.extra = 1, .lost = 1};
  before.rows = {{{RowEffect::extra, "id=8"}, ""},
                 {{RowEffect::extra, "id=9"}, ""},
                 {{RowEffect::lost, "id=1"}, ""}};
  after.rows = {{{RowEffect::extra, "id=9"}, ""}, {{RowEffect::lost, "id=2"}, ""}};
  const auto both = workflows::common({{"t", before}}, {{"t", after}});
  REQUIRE(both.size() == 1);
  CHECK(both.at("t").extra == 1);
  CHECK(both.at("t").lost == 0);
  CHECK(workflows::common({{"t", before}}, {{"u", after}}).empty());
}

TEST_CASE("progress is taken for the same target and settings only") {
  const support::TempDir folder;
  const std::string file = (folder.path() / "chaos" / "x.json").string();
  workflows::ChaosProgress first(file, "one");
  REQUIRE(first.add({.fault = "lost", .page = 2, .verdict = core::ChaosVerdict::lost, .lost = 3}));
  workflows::ChaosProgress same(file, "one"), other(file, "two");
  same.load();
  other.load();
  REQUIRE(same.find("lost", 2) != nullptr);
  CHECK(same.find("lost", 2)->lost == 3);
  CHECK(same.find("lost", 1) == nullptr);
  CHECK(other.find("lost", 2) == nullptr);
  same.finish();
  workflows::ChaosProgress gone(file, "one");
  gone.load();
  CHECK(gone.find("lost", 2) == nullptr);
}
