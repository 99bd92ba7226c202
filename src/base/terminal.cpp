// SPDX-License-Identifier: Apache-2.0
#include "base/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace base {

bool is_terminal(int descriptor) {
  return ::isatty(descriptor) == 1;
}

std::size_t terminal_width(int descriptor) {
  constexpr std::size_t kUsual = 100;
  constexpr std::size_t kLeast = 40, kMost = 1'000;
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    const char* columns = std::getenv("COLUMNS");
    const unsigned long said = columns == nullptr ? 0 : std::strtoul(columns, nullptr, 10);
    return said == 0 ? kUsual : std::clamp<std::size_t>(said, kLeast, kMost);
  }
  return std::max<std::size_t>(size.ws_col, kLeast);
}

bool moves_cursor(int descriptor) {
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return !dumb && is_terminal(descriptor);
}

bool wants_colour(int descriptor, std::string_view mode) {
  if (mode == "always") return true;
  if (mode == "never") return false;
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  return moves_cursor(descriptor);
}

}  // namespace base
