// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "embedded/complete_bash.hpp"
#include "embedded/complete_fish.hpp"
#include "embedded/complete_zsh.hpp"

#include <iostream>

namespace cli {

base::Result<core::ExitCode> completion_command(const Arguments& args) {
  std::string_view script = embedded::complete_bash;
  if (args.topic == "zsh") script = embedded::complete_zsh;
  if (args.topic == "fish") script = embedded::complete_fish;
  std::cout << script << std::flush;
  return core::ExitCode::ok;
}

}  // namespace cli
