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

base::Result<std::map<std::string, std::string>> read_assumptions(const Arguments& args) {
  std::map<std::string, std::string> chosen;
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

}  // namespace cli
