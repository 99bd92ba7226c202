// SPDX-License-Identifier: Apache-2.0
#include "cli/program.hpp"

#include "base/files.hpp"
#include "base/signals.hpp"
#include "base/text.hpp"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <string>

#include <fmt/format.h>

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

int after_printing(int code) {
  errno = 0;
  std::cout.flush();
  const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout;
  // It may have failed long ago; then the next byte fails for the same reason.
  if (!written && errno == 0 && ::write(STDOUT_FILENO, "\n", 1) == 1) errno = EIO;
  const std::string reason = base::last_os_error();
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  const bool unread = poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLHUP)) != 0;
  if (written || unread) return code;
  print_error({base::ErrorKind::environment,
               fmt::format("cannot print to stdout: {} (see where it is redirected to)", reason)});
  const bool worse =
      code == static_cast<int>(ExitCode::usage) || code >= static_cast<int>(ExitCode::internal);
  return worse ? code : static_cast<int>(ExitCode::environment);
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
