// SPDX-License-Identifier: Apache-2.0
#include "rules/texts.hpp"

#include "base/text.hpp"
#include "protocol/json_text.hpp"
#include "protocol/pointer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

constexpr std::size_t kRowText = 200;

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

char lower_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

}  // namespace

std::string shorten(std::string_view text, std::size_t most) {
  // Far more bytes than can be shown are not worth measuring: both ends are enough.
  const std::size_t end = 8 * most;
  if (text.size() <= 2 * end) return base::elide_middle(text, most);
  std::size_t head = end, tail = text.size() - end;
  while (head > 0 && continues_character(text[head])) --head;
  while (tail < text.size() && continues_character(text[tail])) ++tail;
  return base::elide_middle(fmt::format("{}{}", text.substr(0, head), text.substr(tail)), most);
}

std::string json_text(std::string_view json, std::size_t most) {
  return shorten(protocol::normal_form(json).value_or(std::string(json)), most);
}

std::string value_text(const core::Value& value) {
  if (value.is_null()) return "null";
  if (value.kind == core::JsonKind::string) return protocol::quote(shorten(value.text()));
  return shorten(value.text());
}

std::string row_text(const core::TableRows& table, std::size_t row) {
  std::string text = "{";
  for (const core::Value& cell : table.row(row)) {
    if (text.size() > 1) text += ',';
    text += protocol::quote(table.columns[cell.column].name) + ':' + value_text(cell);
    if (text.size() > kRowText) return text + ", …}";
  }
  return text + '}';
}

std::string row_pointer(std::string_view field, const core::TableRows& table, std::size_t row) {
  return protocol::pointer({field, table.name, fmt::to_string(table.position(row))});
}

std::string cell_pointer(std::string_view field, const core::TableRows& table, std::size_t row,
                         std::string_view column) {
  return row_pointer(field, table, row) + protocol::pointer({column});
}

std::string names_text(std::span<const std::string_view> names, std::size_t most) {
  const std::size_t shown = std::min(names.size(), most);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += fmt::format("`{}`", shorten(names[i], 60));
  }
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

std::vector<std::string_view> views(std::span<const std::string> names) {
  return {names.begin(), names.end()};
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", base::human_count(count), noun, count == 1 ? "" : "s");
}

std::string bytes_text(std::uint64_t bytes) {
  const std::string exact = counted(bytes, "byte");
  return bytes < 1000 ? exact : fmt::format("{} ({})", exact, base::human_bytes(bytes));
}

std::string seconds_text(std::chrono::microseconds time) {
  const double seconds = std::chrono::duration<double>(time).count();
  return seconds < 10 && time % std::chrono::seconds(1) != std::chrono::microseconds(0)
             ? fmt::format("{:.1f} s", seconds)
             : fmt::format("{:.0f} s", seconds);
}

std::string error_text(std::string_view type, std::string_view message) {
  const std::string shown = shorten(message, 400);
  if (type.empty() || shown.empty()) return std::string(type) + shown;
  return fmt::format("{} : {}", type, shown);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower_letter, lower_letter);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower_letter);
  return result;
}

}  // namespace rules
