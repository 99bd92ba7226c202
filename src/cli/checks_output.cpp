// SPDX-License-Identifier: Apache-2.0
#include "cli/checks_output.hpp"

#include "base/text.hpp"
#include "reporters/text_table.hpp"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

namespace cli {

using connectors::HealthCheck;

void print_table(const std::string& heading, const Checks& checks) {
  reporters::TextTable lines({"", "", ""});
  for (const HealthCheck& check : checks)
    lines.add({check.subject, std::string(name(check.status)),
               base::visible(check.detail) +
                   (check.advice.empty() ? "" : fmt::format("  → {}", check.advice))});
  const std::string table = lines.text(2);
  std::cout << heading << '\n' << table.substr(table.find('\n') + 1);
}

void write_checks(reporters::JsonWriter& json, const Checks& checks) {
  json.begin_array();
  for (const HealthCheck& check : checks) {
    json.begin_object().member("subject", check.subject).member("status", name(check.status));
    json.member("detail", check.detail).member("advice", check.advice);
    json.member("needed", check.needed).end_object();
  }
  json.end_array();
}

core::ExitCode code_of(const Checks& checks) {
  const bool lacking = std::ranges::any_of(checks, [](const HealthCheck& check) {
    return check.needed && check.status != HealthCheck::Status::ok;
  });
  return lacking ? core::ExitCode::environment : core::ExitCode::ok;
}

}  // namespace cli
