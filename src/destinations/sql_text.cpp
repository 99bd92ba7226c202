// SPDX-License-Identifier: Apache-2.0
#include "destinations/sql_text.hpp"

namespace destinations {
namespace {

std::string enclosed(std::string_view text, char mark) {
  std::string enclosed(1, mark);
  for (const char c : text) {
    if (c == mark) enclosed += mark;
    enclosed += c;
  }
  return enclosed + mark;
}

}  // namespace

std::string quoted_name(std::string_view name) {
  return enclosed(name, '"');
}
std::string literal(std::string_view text) {
  return enclosed(text, '\'');
}

std::string key_list(const core::Table& table) {
  Joined key(", ");
  for (const std::string& part : table.primary_key) key.add(quoted_name(part));
  return key.take();
}

}  // namespace destinations
