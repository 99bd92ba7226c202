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

#include <optional>

namespace engine {

// Judges answers that were not got by a sync loop: one call made by hand, or documents from files.
// Each is loaded into the world's destination, so that the stored-row rules see it too; a rejected
// one does not end the series. A large one is loaded on a second thread while the next is read;
// where times are measured, one after the other, so that each series has its own.
class Answers {
 public:
  Answers(World world, Settings settings);

  // Begins a series of answers that follow each other like the pages of one sync.
  base::Result<void> begin_series(const core::State& state);
  // Judges one. The request's state is replaced by that of the answer before, when there was one.
  base::Result<void> add(core::SyncRequest request, std::uint64_t request_bytes,
                         core::RawResponse raw);
  // Ends the last series and completes the report.
  base::Result<void> finish();
  // In the place of `finish` after an error: until it returns, an answer may still be loading.
  void give_up();

  core::Report& report() noexcept { return report_; }
  core::SyncRequest request() const;

 private:
  base::Result<void> start_series();
  base::Result<void> take(Page page);
  base::Result<void> load();
  base::Result<void> settle();
  int next_call() const;
  void conclude(PageOutcome outcome);
  void end_series();

  World world_;
  Settings settings_;
  core::History history_;
  FindingLog log_;
  PageProcessor pages_;
  core::Report report_;
  core::State state_;
  std::optional<core::State> begins_with_;  // of a series that has no answer yet
  Page page_;                               // being loaded
  PageOutcome outcome_;                     // what became of it
  bool behind_ = false;                     // it is loaded on the second thread
  TimeBook book_;
  base::BackgroundTask loader_;  // the last member: it ends before what it uses
};

}  // namespace engine
