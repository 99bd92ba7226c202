// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/history.hpp"
#include "core/report.hpp"
#include "engine/finding_log.hpp"
#include "engine/page_processor.hpp"
#include "engine/world.hpp"

namespace engine {

// One sync: calls with the evolving state until hasMore is false, something fails or a limit is
// reached (contract §3).
class SyncRun {
 public:
  SyncRun(World& world, const Settings& settings, core::History& history, FindingLog& log);

  // Runs from `start`. What a connector does wrong is in the report and the findings; an Error is a
  // failure of our own world, after which everything up to the last committed page is kept.
  base::Result<void> run(const core::State& start);
  // What happened, also after an Error.
  const core::SyncReport& report() const noexcept { return report_; }

 private:
  base::Result<core::RawResponse> invoke(const std::string& body);
  base::Result<PageOutcome> one_call(const core::State& state, int call);
  // Why the sync may not go on with another call, or empty.
  std::string limit_reached() const;
  void count(const core::CallReport& call);
  void finish(const core::State& end, bool finished);

  World& world_;
  const Settings& settings_;
  core::History& history_;
  FindingLog& log_;
  PageProcessor pages_;
  core::SyncReport report_;
  core::SyncRequest request_;
  core::WallTime started_{};
  std::chrono::steady_clock::time_point begin_{};
  std::uint64_t rows_ = 0;
};

// The request fields that are the same for all calls of a sync.
core::SyncRequest request_template(const Settings& settings, std::string sync_id);

// Sends one request, whose JSON is `body`, within `timeout`, or gives the refusal of the platform
// when it is too large.
base::Result<core::RawResponse> call_connector(World& world, const Settings& settings,
                                               const core::SyncRequest& request,
                                               const std::string& body,
                                               std::chrono::milliseconds timeout);

// Names the bucket and the object through which the rows of a call are to come, when the sync goes
// through S3. Fivetran's own names are not known; each call gets an object of its own.
void name_file(core::SyncRequest& request, const Settings& settings, int call);

}  // namespace engine
