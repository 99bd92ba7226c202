// SPDX-License-Identifier: Apache-2.0
//
// protocol::parse on a page of 6 MB, beside two DOM parsers that check and infer nothing, on the
// same bytes. Look at the ratios: the figures drift with the machine.
#include "base/padded_buffer.hpp"
#include "protocol/parse.hpp"

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace {

constexpr std::size_t kPageBytes = 6'000'000;

// Rows of twelve columns: integers, decimals, a time stamp, texts, a nested object, a null.
std::string wide_row(std::uint64_t id) {
  return fmt::format(
      R"({{"id":{0},"account":{1},"amount":{2}.{3:02},"rate":0.{4:06},)"
      R"("created_at":"2024-03-{5:02}T{6:02}:{7:02}:00Z","name":"customer {0} of many",)"
      R"("email":"user{0}@example.com","status":"{8}","active":{9},"note":null,)"
      R"("address":{{"city":"Düsseldorf","zip":"{10:05}"}},"ref":"{11:032x}"}})",
      id, id * 7919 % 1'000'000'007, id % 10'000, id % 100, id * 31 % 1'000'000, 1 + id % 28,
      id % 24, id % 60, id % 3 == 0 ? "open" : "paid", id % 3 == 0 ? "true" : "false", id % 99'999,
      id * 0x9E3779B97F4A7C15U);
}

const std::string& wide_page() {
  static const std::string page = [] {
    std::string text = R"({"state":{"cursor":1},"insert":{"orders":[)";
    for (std::uint64_t id = 1; text.size() < kPageBytes; ++id) {
      if (id > 1) text += ',';
      text += wide_row(id);
    }
    text += R"(]},"delete":{},"schema":{"orders":{"primary_key":["id"]}},"hasMore":true})";
    return text;
  }();
  return page;
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(wide_page().size()));
}

void our_parse(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    base::PaddedBuffer body(wide_page());
    state.ResumeTiming();
    const auto response = protocol::parse(std::move(body));
    if (response.insert_rows() == 0) state.SkipWithError("no rows were read");
    benchmark::DoNotOptimize(response.inserts.data());
  }
  count_bytes(state);
}
BENCHMARK(our_parse)->Unit(benchmark::kMillisecond);

void simdjson_dom(benchmark::State& state) {
  const simdjson::padded_string bytes(wide_page());
  simdjson::dom::parser parser;
  for (auto _ : state) {
    simdjson::dom::element document;
    if (parser.parse(bytes).get(document) != simdjson::SUCCESS) state.SkipWithError("not parsed");
    benchmark::DoNotOptimize(document);
  }
  count_bytes(state);
}
BENCHMARK(simdjson_dom)->Unit(benchmark::kMillisecond);

void nlohmann_dom(benchmark::State& state) {
  for (auto _ : state) {
    const auto document = nlohmann::json::parse(wide_page());
    benchmark::DoNotOptimize(document.size());
  }
  count_bytes(state);
}
BENCHMARK(nlohmann_dom)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
