// SPDX-License-Identifier: Apache-2.0
//
// protocol::parse on a page of 6 MB, beside two DOM parsers that check and infer nothing, on the
// same bytes. Look at the ratios: the figures drift with the machine.
#include "base/padded_buffer.hpp"
#include "bench/wide_page.hpp"
#include "protocol/parse.hpp"

#include <simdjson.h>

#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

namespace {

const std::string& page() {
  static const std::string text = bench::wide_page();
  return text;
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(page().size()));
}

void our_parse(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    base::PaddedBuffer body(page());
    state.ResumeTiming();
    const auto response = protocol::parse(std::move(body));
    if (response.insert_rows() == 0) state.SkipWithError("no rows were read");
    benchmark::DoNotOptimize(response.inserts.data());
  }
  count_bytes(state);
}
BENCHMARK(our_parse)->Unit(benchmark::kMillisecond);

void simdjson_dom(benchmark::State& state) {
  const simdjson::padded_string bytes(page());
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
    const auto document = nlohmann::json::parse(page());
    benchmark::DoNotOptimize(document.size());
  }
  count_bytes(state);
}
BENCHMARK(nlohmann_dom)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
