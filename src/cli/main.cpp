// SPDX-License-Identifier: Apache-2.0
#include "cli/main.hpp"

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/program.hpp"

#include <exception>
#include <iostream>
#include <string_view>
#include <utility>

namespace cli {
namespace {

using Command = base::Result<core::ExitCode> (*)(const Arguments&);

// Every command by its name; aliases are resolved before.
constexpr std::pair<std::string_view, Command> kCommands[] = {
    {"run", run_command},        {"invoke", invoke_command}, {"check", check_command},
    {"state", state_command},    {"tables", tables_command}, {"sql", sql_command},
    {"diff", diff_command},      {"reset", reset_command},   {"rules", rules_command},
    {"explain", explain_command}};

base::Result<core::ExitCode> dispatch(int argc, char** argv) {
  FSIM_ASSIGN(const Arguments args, parse_arguments(argc, argv));
  if (!args.help.empty()) {
    std::cout << args.help << std::flush;
    return core::ExitCode::ok;
  }
  for (const auto& [name, command] : kCommands)
    if (name == args.command) return command(args);
  return base::fail(base::ErrorKind::internal, "no code behind the command " + args.command);
}

int guarded(int argc, char** argv) {
  auto code = dispatch(argc, argv);
  if (!code) {
    print_error(code.error());
    return static_cast<int>(exit_code_of(code.error()));
  }
  return static_cast<int>(*code);
}

}  // namespace

int main(int argc, char** argv) {
  watch_interrupts();
  // Exceptions of libraries end where they are included; this is the last net.
  try {
    return guarded(argc, argv);
  } catch (const std::exception& mistake) {
    print_error({base::ErrorKind::internal, mistake.what()});
    return static_cast<int>(core::ExitCode::internal);
  }
}

}  // namespace cli
