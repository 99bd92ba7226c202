// SPDX-License-Identifier: Apache-2.0
#include "reporters/style.hpp"

namespace reporters {
namespace {

std::string coloured(bool on, std::string_view code, std::string_view text) {
  if (!on) return std::string(text);
  std::string out = "\x1B[";
  return out.append(code).append("m").append(text).append("\x1B[0m");
}

}  // namespace

std::string Style::bold(std::string_view text) const {
  return coloured(colour, "1", text);
}
std::string Style::dim(std::string_view text) const {
  return coloured(colour, "2", text);
}
std::string Style::red(std::string_view text) const {
  return coloured(colour, "31", text);
}
std::string Style::yellow(std::string_view text) const {
  return coloured(colour, "33", text);
}
std::string Style::green(std::string_view text) const {
  return coloured(colour, "32", text);
}

std::string Style::letter(core::Severity severity) const {
  switch (severity) {
    case core::Severity::error: return red("E");
    case core::Severity::warning: return yellow("W");
    case core::Severity::info:
    case core::Severity::off: break;
  }
  return dim("I");
}

}  // namespace reporters
