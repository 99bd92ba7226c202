// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"

#include <string>
#include <string_view>

namespace reporters {

// How text is shown: colours or none, and the width to keep to.
struct Style {
  bool colour = false;
  std::size_t width = 100;

  std::string bold(std::string_view text) const;
  std::string dim(std::string_view text) const;
  std::string red(std::string_view text) const;
  std::string yellow(std::string_view text) const;
  std::string green(std::string_view text) const;
  // "E", "W" or "I" in the severity's colour.
  std::string letter(core::Severity severity) const;
};

}  // namespace reporters
