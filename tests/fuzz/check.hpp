// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace fuzz {

// Ends the program, which libFuzzer reports with the input that led here.
inline void require(bool holds) {
  if (!holds) std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Cuts off and returns what stands before the next line "---"; all of it when there is none.
inline std::string_view next_part(std::string_view& text) {
  constexpr std::string_view kMark = "\n---\n";
  const std::size_t end = text.find(kMark);
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + kMark.size());
  return part;
}

}  // namespace fuzz
