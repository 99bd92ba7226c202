// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"
#include "cli/commands.hpp"
#include "cli/secrets_input.hpp"
#include "cli/session.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/text_table.hpp"

#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

std::string origin(const core::StoredState& stored) {
  return stored.call == 0 ? "set by hand"
                          : fmt::format("sync {} call {}", stored.sync, stored.call);
}

base::Result<void> show(core::Destination& destination) {
  FSIM_ASSIGN(const auto stored, destination.state());
  std::cout << (stored ? stored->state.json : "{}") << '\n';
  return {};
}

base::Result<void> history(core::Destination& destination, const Arguments& args) {
  FSIM_ASSIGN(const auto states, destination.state_history());
  if (args.format == "json") {
    reporters::JsonWriter json(true);
    json.begin_array();
    for (const core::StoredState& stored : states) {
      json.begin_object().member("sync", stored.sync).member("call", stored.call);
      json.member("sync_id", stored.sync_id).member("at", base::iso_time(stored.at));
      json.key("state").json(stored.state.json).end_object();
    }
    std::cout << json.end_array().take() << '\n';
    return {};
  }
  reporters::TextTable table({"when", "from", "state"});
  for (const core::StoredState& stored : states)
    table.add({base::iso_time(stored.at), origin(stored), stored.state.json});
  std::cout << table.text(0);
  return {};
}

base::Result<void> change(core::Destination& destination, const Arguments& args) {
  if (args.action == "clear") {
    FSIM_TRY(destination.clear_state());
    std::cout << "state cleared: the next sync starts at {}\n";
    return {};
  }
  FSIM_ASSIGN(const std::string json, read_state(args.value));
  SystemClock clock;
  FSIM_TRY(destination.set_state({json}, clock.now()));
  std::cout << "state set: " << json << '\n';
  return {};
}

}  // namespace

base::Result<core::ExitCode> state_command(const Arguments& args) {
  const std::string action = args.action.empty() ? "show" : args.action;
  if (action == "set" && args.value.empty())
    return fail(ErrorKind::usage,
                "no state given (write: fivetran-sim state set '{\"cursor\": 1}')");
  const bool changes = action == "set" || action == "clear";
  FSIM_ASSIGN(const auto destination,
              open_destination(args, changes ? Access::change : Access::read));
  if (changes) {
    FSIM_TRY(change(*destination, args));
  } else if (action == "history") {
    FSIM_TRY(history(*destination, args));
  } else {
    FSIM_TRY(show(*destination));
  }
  return core::ExitCode::ok;
}

}  // namespace cli
