// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/background_task.hpp"
#include "base/result.hpp"
#include "core/history.hpp"
#include "core/report.hpp"
#include "engine/finding_log.hpp"
#include "engine/page_processor.hpp"
#include "engine/time_book.hpp"
#include "engine/world.hpp"

namespace engine {

// One sync: calls with the evolving state until hasMore is false, something fails or a limit is
// reached (contract §3). A large page is loaded on a second thread while the next call runs, as
// Fivetran itself does; events come in the same order all the same.
class SyncRun {
 public:
  SyncRun(World& world, const Settings& settings, core::History& history, FindingLog& log);

  // Runs from `start`. What a connector does wrong is in the report and the findings; an Error is a
  // failure of our own world, after which everything up to the last committed page is kept.
  base::Result<void> run(const core::State& start);
  // What happened, also after an Error.
  const core::SyncReport& report() const noexcept { return report_; }

 private:
  base::Result<void> calls();
  base::Result<Page> fetch(const core::State& state, int call);
  base::Result<void> load(Page& page);
  base::Result<void> load_here(Page& page);
  bool may_load_behind(const Page& page) const;
  void load_behind(Page page);
  // False, with the reason in the report: a limit was reached, or the sync has ended.
  bool may_call(int call);
  // Why the sync may not go on with this call, or empty.
  std::string limit_reached(int call) const;
  void count(const core::CallReport& call);
  void finish();

  World& world_;
  const Settings& settings_;
  core::History& history_;
  FindingLog& log_;
  PageProcessor pages_;
  core::SyncReport report_;
  core::SyncRequest request_;
  core::State state_;  // committed last
  bool finished_ = false;
  core::WallTime started_{};
  std::chrono::steady_clock::time_point begin_{};
  std::uint64_t rows_ = 0;
  TimeBook book_;
  // What a load behind the next call touches besides: pages_, report_, state_, finished_, rows_,
  // committing_, behind_.
  // The sync's own thread leaves them alone until it has waited for it.
  Page loading_;
  core::TimeSpent::Time committing_{0};  // of the page that was loaded last
  core::TimeSpent behind_;
  base::BackgroundTask loader_;
};

}  // namespace engine
