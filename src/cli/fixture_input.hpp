// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "core/connector.hpp"
#include "engine/runner.hpp"
#include "fixtures/fixture.hpp"
#include "fixtures/player.hpp"
#include "fixtures/recording.hpp"

#include <memory>
#include <string>

namespace cli {

// Where a fixture plays the connector, what it was recorded with holds unless the user says
// otherwise: platform, sync method, bucket. Error (usage): it cannot be read.
base::Result<void> take_recorded_settings(Arguments& args);

base::Result<fixtures::Fixture> open_fixture(const std::string& dir);
base::Result<std::unique_ptr<fixtures::Player>> open_player(const std::string& dir,
                                                            const std::string& name);

// The plan that makes the same syncs again: setup tests, number of syncs and where each begins.
base::Result<void> plan_as_recorded(const fixtures::Fixture& fixture, engine::RunPlan& plan);

enum class RecordMode { once, all, fresh, none };

// What a command records, from --record DIR, --record-mode and the like.
class Recorder {
 public:
  // Puts the recording between the session and its connector. Nothing is recorded when no folder is
  // named, or the mode says so, which is told. Error: the folder cannot be recorded into.
  static base::Result<Recorder> begin(Session& session, const Arguments& args,
                                      engine::RunPlan& plan);
  // After the run: seals the recording and puts it in its place. `failed`: our own world failed, so
  // what was there before stays.
  base::Result<void> finish(Session& session, bool failed);
  // The command has nothing to do: there is a recording already, or there is to be none.
  bool idle() const noexcept { return idle_; }

 private:
  std::unique_ptr<fixtures::Player> player_;  // what is recorded already, played first
  std::unique_ptr<fixtures::Recording> recording_;
  std::string dir_, beside_;  // beside_: recorded there first, since dir_ holds another one
  bool idle_ = false;
};

}  // namespace cli
