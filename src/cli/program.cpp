// SPDX-License-Identifier: Apache-2.0
#include "cli/program.hpp"

#include "base/signals.hpp"
#include "base/text.hpp"

#include <signal.h>

#include <iostream>

namespace cli {

using core::ExitCode;

ExitCode exit_code_of(const base::Error& error) {
  switch (error.kind) {
    case base::ErrorKind::usage: return ExitCode::usage;
    case base::ErrorKind::environment: return ExitCode::environment;
    case base::ErrorKind::interrupted: return interrupt_exit_code();
    case base::ErrorKind::internal: break;
  }
  return ExitCode::internal;
}

void print_error(const base::Error& error) {
  std::cout << std::flush;
  std::cerr << "fivetran-sim: " << base::visible(error.message) << '\n';
  if (error.kind == base::ErrorKind::internal)
    std::cerr << "fivetran-sim: this is a mistake of the program itself; please report it\n";
}

void watch_interrupts() {
  base::watch_interrupts();
}
bool interrupted() {
  return base::interrupt_signal() != 0;
}

ExitCode interrupt_exit_code() {
  return base::interrupt_signal() == SIGTERM ? ExitCode::terminated : ExitCode::interrupted;
}

}  // namespace cli
