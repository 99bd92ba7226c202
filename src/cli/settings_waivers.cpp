// SPDX-License-Identifier: Apache-2.0
#include "cli/settings_waivers.hpp"

#include "base/text.hpp"
#include "base/time.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

base::Result<std::string> day_of(const toml::node& node, const std::string& place) {
  std::string day;
  if (const auto date = node.value<toml::date>(); date && node.is_date())
    day = fmt::format("{:04}-{:02}-{:02}", date->year, date->month, date->day);
  else if (const auto text = node.value<std::string>(); text && node.is_string())
    day = *text;
  if (!base::parse_iso_time(day + "T00:00:00.000Z"))
    return fail(ErrorKind::usage,
                fmt::format("{}: expires in [[waive]] is a day such as 2027-03-01", place));
  return day;
}

}  // namespace

base::Result<WaiverArgument> read_waiver(const toml::table& table, const std::string& place) {
  static constexpr std::string_view kKeys[] = {"rule", "table", "reason", "expires"};
  WaiverArgument waiver;
  waiver.origin = place;
  for (const auto& [key, node] : table) {
    const std::string_view name = key.str();
    if (name == "expires") {
      FSIM_ASSIGN(waiver.expires, day_of(node, place));
      continue;
    }
    std::string* to = name == "rule"     ? &waiver.rule
                      : name == "table"  ? &waiver.table
                      : name == "reason" ? &waiver.reason
                                         : nullptr;
    if (to == nullptr) {
      const std::string_view best = base::closest(name, kKeys);
      return fail(
          ErrorKind::usage,
          fmt::format("{}: unknown key \"{}\" in [[waive]]{} (it has rule, table, reason, "
                      "expires)",
                      place, name, best.empty() ? "" : fmt::format("; did you mean {}?", best)));
    }
    const auto text = node.value<std::string>();
    if (!text || !node.is_string())
      return fail(ErrorKind::usage, fmt::format("{}: {} in [[waive]] is a text", place, name));
    *to = *text;
  }
  if (waiver.rule.empty() || waiver.reason.empty())
    return fail(ErrorKind::usage,
                fmt::format("{}: [[waive]] needs a rule and a reason, such as rule = \"SCH-01\", "
                            "reason = \"an append-only log\"",
                            place));
  return waiver;
}

}  // namespace cli
