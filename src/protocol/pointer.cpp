// SPDX-License-Identifier: Apache-2.0
#include "protocol/pointer.hpp"

namespace protocol {

std::string pointer(std::initializer_list<std::string_view> steps) {
  std::string text;
  for (const std::string_view step : steps) {
    text += '/';
    for (const char c : step) {
      if (c == '~') {
        text += "~0";
      } else if (c == '/') {
        text += "~1";
      } else {
        text += c;
      }
    }
  }
  return text;
}

}  // namespace protocol
