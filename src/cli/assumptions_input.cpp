// SPDX-License-Identifier: Apache-2.0
#include "cli/assumptions_input.hpp"

#include "base/text.hpp"
#include "protocol/assumptions.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cli {

using base::ErrorKind;
using base::fail;

base::Result<Assumed> read_assumptions(const Arguments& args) {
  Assumed chosen;
  std::vector<std::string_view> names;
  for (const auto& assumption : protocol::assumptions()) {
    chosen[std::string(assumption.name)] = assumption.default_value;
    names.push_back(assumption.name);
  }
  for (const std::string& text : args.assume) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    const auto* assumption = protocol::find_assumption(name);
    if (assumption == nullptr || equals == std::string::npos) {
      const std::string_view best = base::closest(name, names);
      return fail(
          ErrorKind::usage,
          fmt::format("unknown assumption \"{}\"{} (fivetran-sim explain assumptions lists all)",
                      text, best.empty() ? "" : fmt::format("; did you mean {}=…?", best)));
    }
    const std::string value = text.substr(equals + 1);
    const auto& values = assumption->values;
    if (!values.empty() && std::ranges::find(values, value) == values.end())
      return fail(ErrorKind::usage, fmt::format("--assume {} takes {}, not \"{}\"", name,
                                                fmt::join(values, " or "), value));
    chosen[name] = value;
  }
  return chosen;
}

void apply_assumptions(const Assumed& assumed, engine::Settings& settings) {
  settings.request_shape.custom_payload_field = assumed.at("custom-payload-field");
  settings.request_shape.send_empty_secrets = assumed.at("secrets-when-none") == "empty";
  settings.setup_test_has_state = assumed.at("setup-test-state") == "empty";
  settings.new_state_is_not_empty = assumed.at("empty-response") == "no-rows-same-state";
  settings.loads_null_keys = assumed.at("key-null") == "load";
  settings.keeps_stored_keys = assumed.at("key-change") == "keep";
  settings.types.fraction_as_decimal = assumed.at("fraction") == "decimal";
  settings.types.dates = assumed.at("dates") == "iso";
  settings.types.arrays_as_json = assumed.at("arrays") == "json";
}

void apply_assumptions(const Assumed& assumed, destinations::OpenOptions& options) {
  using namespace destinations;
  const auto is = [&assumed](std::string_view name, std::string_view value) {
    return assumed.at(std::string(name)) == value;
  };
  if (is("delete-mode", "soft")) options.delete_mode = core::DeleteMode::soft;
  if (is("batch", "response")) options.batch = BatchMode::per_response;
  if (is("softdelete-cutoff", "response")) options.cutoff = SoftDeleteCutoff::response;
  if (is("key-null", "load")) options.null_keys = NullKeys::load;
  if (is("key-change", "keep")) options.key_change = KeyChange::keep;
  if (is("duplicate-winner", "first")) options.duplicate_winner = DuplicateWinner::first;
}

}  // namespace cli
