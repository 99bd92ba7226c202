// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/history.hpp"
#include "core/report.hpp"
#include "engine/finding_log.hpp"
#include "engine/page_processor.hpp"
#include "engine/time_book.hpp"
#include "engine/world.hpp"

namespace engine {

// Judges answers that were not got by a sync loop: one call made by hand, or documents from files.
// Each is loaded into the world's destination, so that the stored-row rules see it too; a rejected
// one does not end the series.
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

  core::Report& report() noexcept { return report_; }
  core::SyncRequest request() const;

 private:
  base::Result<PageOutcome> take(Page& page);
  void end_series();

  World world_;
  Settings settings_;
  core::History history_;
  FindingLog log_;
  PageProcessor pages_;
  core::Report report_;
  core::State state_;
  TimeBook book_;
};

}  // namespace engine
