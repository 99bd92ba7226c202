// SPDX-License-Identifier: Apache-2.0
#include "cli/command_table.hpp"
#include "cli/commands.hpp"
#include "cli/man_page.hpp"

#include <iostream>

namespace cli {

base::Result<core::ExitCode> man_command(const Arguments&) {
  std::cout << man_page(command_table(), FSIM_VERSION) << std::flush;
  return core::ExitCode::ok;
}

}  // namespace cli
