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
  std::chrono::nanoseconds commit{0};  // core::LoadFacts
  core::CallReport report;
};

// An answer on its way through the steps of PageProcessor, with what each step found out.
struct Page {
  core::SyncRequest request;
  std::uint64_t request_bytes = 0;
  core::RawResponse raw;                    // its body is consumed by `read`
  std::optional<core::RawResponse> repeat;  // the answer to the same request sent once more
  int call = 0;
  core::WallTime sync_start{};
  std::chrono::milliseconds timeout{0};

  // Of `read`:
  std::optional<core::SyncResponse> response, repeated;  // none: the call failed
  std::string request_state, response_state;             // canonical
  core::Digest digest{};                                 // of the whole answer
  std::vector<core::Leak> leaks;
  core::CallReport report;
  // Of `judge`:
  bool rejected = false;      // by a rule
  bool raised_error = false;  // a finding is an error
  std::optional<core::Cycle> cycle;

  bool loadable() const { return response && response->is_object() && !rejected; }
  bool has_more() const { return response && response->has_more.value; }
  bool is_endless() const { return has_more() && cycle && cycle->proven; }
  // The state to send next, when the page is loaded.
  core::State next_state() const;
};

// Takes one answer of a connector through its steps: parse, response rules, load with commit,
// stored-row rules and history.
class PageProcessor {
 public:
  PageProcessor(World& world, const Settings& settings, core::History& history, FindingLog& log)
      : world_(world), settings_(settings), history_(history), log_(log) {}

  // Parses the answer and looks for secrets in it. Needs nothing of the pages before, so these may
  // be loaded meanwhile, on another thread.
  void read(Page& page);
  // Lets the response rules judge. The pages before have to be loaded.
  void judge(Page& page);
  // Loads what may be loaded and lets the stored-row rules judge; consumes the response.
  // Error: our own world failed, e.g. the disk is full; nothing of the page was kept.
  base::Result<PageOutcome> load(Page& page);

  // Judges the answer to a setup test; nothing is loaded.
  PageOutcome judge_setup_test(Page& page);

 private:
  void tell(std::vector<core::Finding> findings, const Page& page);

  World& world_;
  const Settings& settings_;
  core::History& history_;
  FindingLog& log_;
  bool claimed_ = false;
};

}  // namespace engine
