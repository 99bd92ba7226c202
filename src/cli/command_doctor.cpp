// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/checks_output.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "connectors/health.hpp"
#include "reporters/json_writer.hpp"

#include <iostream>

namespace cli {
namespace {

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
  return code_of(of_target);
}

}  // namespace cli
