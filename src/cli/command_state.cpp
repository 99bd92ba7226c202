// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/commands.hpp"
#include "cli/secrets_input.hpp"
#include "cli/session.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/text_table.hpp"

#include <algorithm>
#include <charconv>
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
  reporters::TextTable table({">back", "when", "from", "state"});
  for (std::size_t back = 0; back < states.size(); ++back)
    table.add({std::to_string(back), base::iso_time(states[back].at), origin(states[back]),
               base::visible(states[back].state.json)});
  std::cout << table.text(0);
  return {};
}

template <class Number>
bool is_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number >= 0;
}

// The entry of the history that `N` (so many entries back, as `state history` counts them) or
// `SYNC:CALL` names.
base::Result<core::StoredState> entry_of(const std::vector<core::StoredState>& states,
                                         const std::string& wanted) {
  const std::size_t colon = wanted.find(':');
  int sync = 0, call = 0;
  std::size_t back = 0;
  if (colon == std::string::npos ? !is_number(std::string_view(wanted), back)
                                 : !is_number(std::string_view(wanted).substr(0, colon), sync) ||
                                       !is_number(std::string_view(wanted).substr(colon + 1), call))
    return fail(ErrorKind::usage,
                fmt::format("cannot rewind to \"{}\": give how many states to go back, or "
                            "SYNC:CALL (fivetran-sim state history lists them)",
                            wanted));
  auto found = states.begin();
  if (colon == std::string::npos)
    found += static_cast<std::ptrdiff_t>(std::min(back, states.size()));
  else
    found = std::ranges::find_if(states, [&](const core::StoredState& stored) {
      return stored.sync == sync && stored.call == call;
    });
  if (found != states.end()) return *found;
  return fail(
      ErrorKind::usage,
      fmt::format("cannot rewind to {}: the history holds {} and not that one "
                  "(fivetran-sim state history lists them)",
                  wanted,
                  states.size() == 1 ? "1 state" : fmt::format("{} states", states.size())));
}

base::Result<void> rewind(core::Destination& destination, const Arguments& args) {
  FSIM_ASSIGN(const auto states, destination.state_history());
  FSIM_ASSIGN(const core::StoredState entry, entry_of(states, args.value));
  SystemClock clock;
  FSIM_TRY(destination.set_state(entry.state, clock.now()));
  std::cout << fmt::format(
      "state rewound to {}: {}\nrows stay: the next sync sends again what came "
      "after it\n",
      origin(entry), entry.state.json);
  return {};
}

base::Result<void> change(core::Destination& destination, const Arguments& args) {
  if (args.action == "rewind") return rewind(destination, args);
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
  if (action == "rewind" && args.value.empty())
    return fail(ErrorKind::usage,
                "not said how far (write: fivetran-sim state rewind 1, or SYNC:CALL)");
  const bool changes = action == "set" || action == "rewind" || action == "clear";
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
