// SPDX-License-Identifier: Apache-2.0
#include "protocol/pointer.hpp"

#include <algorithm>

namespace protocol {

std::string pointer_step(std::string_view step) {
  std::string text = "/";
  for (const char c : step) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

std::string pointer(std::initializer_list<std::string_view> steps) {
  std::string text;
  for (const std::string_view step : steps) text += pointer_step(step);
  return text;
}

std::string without_indexes(std::string_view pointer) {
  std::string shape;
  for (int step = 0; !pointer.empty(); ++step) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view name = pointer.substr(1, end - 1);
    const bool index = step >= 2 && !name.empty() &&
                       name.find_first_not_of("0123456789") == std::string_view::npos;
    shape.append("/").append(index ? "*" : name);
    pointer.remove_prefix(end);
  }
  return shape;
}

}  // namespace protocol
