// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "connectors/health.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/text_table.hpp"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

using connectors::HealthCheck;
using Checks = std::vector<HealthCheck>;

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

void print_json(const std::string& target, const Checks& of_target, const Checks& programs) {
  reporters::JsonWriter json(true);
  json.begin_object().member("target", target).key("checks");
  write_checks(json, of_target);
  json.key("programs");
  write_checks(json, programs);
  json.end_object();
  std::cout << json.take() << '\n';
}

}  // namespace

base::Result<core::ExitCode> doctor_command(const Arguments& args) {
  std::string target;
  Checks of_target;
  if (!args.target.empty() || !args.program.empty()) {
    FSIM_ASSIGN(const connectors::Target named, target_of(args));
    FSIM_ASSIGN(const connectors::ConnectorOptions options, connector_options(args));
    target = named.text;
    of_target = connectors::check_target(named, options);
  }
  const Checks programs = connectors::check_programs();
  if (args.format == "json") {
    print_json(target, of_target, programs);
  } else {
    if (!target.empty()) {
      print_table(base::visible(target), of_target);
      std::cout << '\n';
    }
    print_table("installed", programs);
  }
  std::cout << std::flush;
  const bool lacking = std::ranges::any_of(of_target, [](const HealthCheck& check) {
    return check.needed && check.status != HealthCheck::Status::ok;
  });
  return lacking ? core::ExitCode::environment : core::ExitCode::ok;
}

}  // namespace cli
