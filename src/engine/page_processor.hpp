// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/history.hpp"
#include "core/report.hpp"
#include "engine/finding_log.hpp"
#include "engine/world.hpp"

namespace engine {

// What became of one answer.
struct PageOutcome {
  bool accepted = false;  // loaded, its state committed
  bool has_more = false;
  bool endless = false;  // a cycle of states that was answered alike twice: STA-04
  core::State state;     // to send next: the new one, or the request's when not accepted
  core::CallReport report;
};

// Takes one answer of a connector through parse, response rules, load with commit, stored-row rules
// and history.
class PageProcessor {
 public:
  PageProcessor(World& world, const Settings& settings, core::History& history, FindingLog& log)
      : world_(world), settings_(settings), history_(history), log_(log) {}

  struct Page {
    const core::SyncRequest& request;
    std::uint64_t request_bytes = 0;
    core::RawResponse& raw;               // its body is consumed
    core::RawResponse* repeat = nullptr;  // the answer to the same request sent once more
    int call = 0;
    core::WallTime sync_start{};
    std::chrono::milliseconds timeout{0};
  };
  // Error: our own world failed, e.g. the disk is full; nothing of the page was kept.
  base::Result<PageOutcome> process(const Page& page);

  // Judges the answer to a setup test; nothing is loaded.
  PageOutcome judge_setup_test(const Page& page);

 private:
  struct Judged;
  Judged judge(const Page& page);
  void tell(std::vector<core::Finding> findings, const Page& page);
  base::Result<core::LoadFacts> load(const Page& page, Judged& judged, PageOutcome& outcome);

  World& world_;
  const Settings& settings_;
  core::History& history_;
  FindingLog& log_;
  bool claimed_ = false;
};

}  // namespace engine
