// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "cli/output.hpp"
#include "cli/system_clock.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"
#include "core/destination.hpp"
#include "core/rule.hpp"
#include "engine/leak_watch.hpp"
#include "engine/runner.hpp"
#include "engine/world.hpp"
#include "workflows/pardons.hpp"

#include <memory>
#include <string>

namespace cli {

// Everything that a command needs to run a connector, opened from the arguments.
struct Session {
  core::Platform platform = core::Platform::aws;
  std::string secrets_json;
  std::string naming = "fivetran";  // of the destination
  engine::Settings settings;
  SystemClock clock;
  std::unique_ptr<workflows::Pardons> pardons;  // outlives the output
  std::unique_ptr<Output> output;
  std::unique_ptr<engine::LeakWatch> leaks;
  std::unique_ptr<engine::LogOrder> logs;  // once there is a connector
  std::unique_ptr<core::RuleSet> rules;
  std::unique_ptr<core::Connector> connector;
  std::unique_ptr<core::Destination> destination;

  engine::World world();
  // Tells the reporters and the caller how it ended: fills in outcome and exit code of the report,
  // which knows the error if there was one.
  base::Result<core::ExitCode> conclude(core::Report& report, const Arguments& args,
                                        const base::Result<void>& ran);
};

// Settings, rules and output; no connector and no destination yet.
base::Result<std::unique_ptr<Session>> open_session(const Arguments& args,
                                                    bool human_to_stderr = false);
// The target that the arguments name. Error (usage): none, or one that cannot be used.
base::Result<connectors::Target> target_of(const Arguments& args);
// How it is to be run.
base::Result<connectors::ConnectorOptions> connector_options(const Arguments& args);
// The connector that the arguments name; a guess is told as a notice.
base::Result<void> open_connector(Session& session, const Arguments& args);

// Points a session at another target: its platform, settings and connector.
base::Result<void> open_target(Session& session, const Arguments& args);

enum class Access { load, read, compare, change };
// The stored warehouse of the arguments. `read` creates nothing; `compare` also reads what somebody
// else made.
base::Result<std::unique_ptr<core::Destination>> open_destination(const Arguments& args,
                                                                  Access access);
// A warehouse that is thrown away.
base::Result<std::unique_ptr<core::Destination>> open_private_destination(const Arguments& args);

core::Platform platform_of(const Arguments& args);
std::string schema_of(const Arguments& args);
std::string destination_url(const Arguments& args);

}  // namespace cli
