// SPDX-License-Identifier: Apache-2.0
//
// What follows the parse, each stage on its own, on a page of 6 MB: the rules; the plan of tables
// and columns and storing the rows, without a disk; and loading into a file of SQLite, of new keys
// and of keys that are stored already. Bytes a second are those of the response.
#include "bench/wide_page.hpp"
#include "destinations/registry.hpp"
#include "rules/rule_set.hpp"

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

namespace {

void count_bytes(benchmark::State& state, const core::LoadBatch& batch) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(batch.response.body.size()));
  state.counters["rows"] = benchmark::Counter(
      static_cast<double>(batch.response.insert_rows()) * static_cast<double>(state.iterations()),
      benchmark::Counter::kIsRate);
}

void check(benchmark::State& state) {
  const core::LoadBatch batch = bench::wide_batch();
  const auto rules = rules::make_rule_set({});
  const core::SyncRequest request;
  const core::RawResponse raw;
  for (auto _ : state) {
    core::History history;
    const core::CallView view{.sync = 1,
                              .call = 1,
                              .request = request,
                              .raw = raw,
                              .response = &batch.response,
                              .history = history};
    const core::Verdict verdict = rules->judge_call(view);
    if (verdict.rejected) state.SkipWithError("the page was rejected");
  }
  count_bytes(state, batch);
}
BENCHMARK(check)->Unit(benchmark::kMillisecond);

// A destination of its own, which ends with the benchmark.
class Warehouse {
 public:
  explicit Warehouse(bool in_memory = false)
      : folder_(std::filesystem::temp_directory_path() / fmt::format("fsim-stages-{}", getpid())) {
    std::filesystem::create_directory(folder_);
    const std::string file = fmt::format("sqlite:{}/w.sqlite", folder_.string());
    auto opened = destinations::open(in_memory ? "memory:" : file, "", {});
    if (opened) destination_ = std::move(*opened);
  }
  Warehouse(const Warehouse&) = delete;
  Warehouse& operator=(const Warehouse&) = delete;
  ~Warehouse() {
    destination_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  bool load(const core::LoadBatch& batch) {
    return destination_ && destination_->load(batch).has_value();
  }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<core::Destination> destination_;
};

void load_new_keys(benchmark::State& state, bool in_memory) {
  const core::LoadBatch batch = bench::wide_batch();
  for (auto _ : state) {
    state.PauseTiming();
    auto warehouse = std::make_unique<Warehouse>(in_memory);
    state.ResumeTiming();
    if (!warehouse->load(batch)) state.SkipWithError("not loaded");
    state.PauseTiming();
    warehouse.reset();
    state.ResumeTiming();
  }
  count_bytes(state, batch);
}
BENCHMARK_CAPTURE(load_new_keys, memory, true)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(load_new_keys, sqlite, false)->Unit(benchmark::kMillisecond)->UseRealTime();

void load_stored_keys(benchmark::State& state) {
  const core::LoadBatch batch = bench::wide_batch();
  Warehouse warehouse;
  if (!warehouse.load(batch)) state.SkipWithError("not loaded");
  for (auto _ : state)
    if (!warehouse.load(batch)) state.SkipWithError("not loaded");
  count_bytes(state, batch);
}
BENCHMARK(load_stored_keys)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
