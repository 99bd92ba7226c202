// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

namespace cli {

base::Result<core::ExitCode> record_command(const Arguments& args) {
  Arguments as_run = args;
  if (as_run.fixture.dir.empty())
    return base::fail(base::ErrorKind::usage,
                      "no folder given (write: fivetran-sim record TARGET fixtures/NAME)");
  if (args.destination.empty()) as_run.destination = "memory:";
  return run_command(as_run);
}

}  // namespace cli
