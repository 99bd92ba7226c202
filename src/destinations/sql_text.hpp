// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"

#include <string>
#include <string_view>

namespace destinations {

// Pieces of SQL that every engine reads alike.

// `"name"` with inner quotes doubled.
std::string quoted_name(std::string_view name);
// `'text'` with inner quotes doubled.
std::string literal(std::string_view text);

// Grows a list with separators.
class Joined {
 public:
  explicit Joined(std::string_view separator) : separator_(separator) {}
  void add(std::string_view part) {
    if (!text_.empty()) text_ += separator_;
    text_ += part;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string_view separator_;
  std::string text_;
};

// The quoted names of the primary key: `"id", "part"`.
std::string key_list(const core::Table& table);

}  // namespace destinations
