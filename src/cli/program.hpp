// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/report.hpp"

namespace cli {

// The exit code that an error of our own world calls for (design §2).
core::ExitCode exit_code_of(const base::Error& error);

// "fivetran-sim: …" on stderr.
void print_error(const base::Error& error);

// At the end: tells when what was printed did not all reach stdout (a full disk), which makes a
// success an error (environment). Nothing is said when nobody reads it any more (`| head`).
int after_printing(int code);

// Ctrl-C. `watch_interrupts` installs the handlers: the first signal only sets a flag, the second
// kills all children and ends the program at once.
void watch_interrupts();
bool interrupted();
// 130 or 143 after a signal.
core::ExitCode interrupt_exit_code();

}  // namespace cli
