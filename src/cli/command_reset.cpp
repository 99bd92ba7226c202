// SPDX-License-Identifier: Apache-2.0
#include "base/terminal.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"

#include <unistd.h>

#include <iostream>
#include <string>

#include <fmt/format.h>

namespace cli {

base::Result<core::ExitCode> reset_command(const Arguments& args) {
  if (!args.force && !base::is_terminal(STDIN_FILENO))
    return base::fail(
        base::ErrorKind::usage,
        "reset drops tables and nobody is there to ask; say --force if that is meant");
  FSIM_ASSIGN(const auto destination, open_destination(args, Access::change));
  FSIM_ASSIGN(const auto tables, destination->tables());
  if (!args.force) {
    std::cerr << fmt::format("Drop {} table{} and the state of {}? Type yes: ", tables.size(),
                             tables.size() == 1 ? "" : "s", destination->describe());
    std::string answer;
    std::getline(std::cin, answer);
    if (answer != "yes") {
      std::cerr << "nothing was changed\n";
      return core::ExitCode::ok;
    }
  }
  FSIM_TRY(destination->reset());
  std::cout << fmt::format("dropped {} table{} and the state of {}\n", tables.size(),
                           tables.size() == 1 ? "" : "s", destination->describe());
  return core::ExitCode::ok;
}

}  // namespace cli
