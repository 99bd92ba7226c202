// SPDX-License-Identifier: Apache-2.0
#include "protocol/naming.hpp"

#include "protocol/transliterate.hpp"

#include <algorithm>
#include <cstdint>

namespace protocol {
namespace {

constexpr std::size_t kMaxBytes = 63;  // the shortest limit among the engines: PostgreSQL's

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// A word begins at a capital after a small letter and at each change between digits and others;
// runs of capitals stay together.
bool begins_word(char before, char c) {
  return (is_lower(before) && is_upper(c)) || is_digit(before) != is_digit(c);
}

void append_separator(std::string& name) {
  if (name.empty() || name.back() != '_') name += '_';
}

// Lower-case words joined by single underscores.
std::string snake_case(std::string_view ascii) {
  std::string name;
  for (std::size_t i = 0; i < ascii.size(); ++i) {
    const char c = ascii[i];
    if (c == '_' || (i > 0 && begins_word(ascii[i - 1], c))) append_separator(name);
    if (c != '_') name += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

// Eight letters that depend on each byte (FNV-1a). Letters, so that a shortened name keeps its form
// when it is normalised again.
std::string hash_suffix(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ull;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
  hash ^= hash >> 32;
  std::string letters;
  for (int i = 0; i < 8; ++i, hash >>= 4) letters += static_cast<char>('a' + (hash & 15));
  return letters;
}

std::string shortened(std::string name) {
  if (name.size() <= kMaxBytes) return name;
  const std::string suffix = hash_suffix(name);
  std::size_t kept = kMaxBytes - suffix.size() - 1;
  while (kept > 0 && (static_cast<unsigned char>(name[kept]) & 0xC0) == 0x80) --kept;
  name.resize(kept);
  append_separator(name);
  return name + suffix;
}

// Steps 1 to 6 of the rules; tables have one more.
std::string normalised(std::string_view source) {
  std::string name = snake_case(transliterate(source));
  if (!name.empty() && is_digit(name.front())) name.insert(name.begin(), '_');
  return name;
}

}  // namespace

std::string_view name(Naming naming) {
  return naming == Naming::source ? "source" : "fivetran";
}

std::string table_name(std::string_view source, Naming naming) {
  if (naming == Naming::source) return shortened(std::string(source));
  std::string name = normalised(source);
  if (name.size() > 1 && name[0] == '_' && is_lower(name[1])) name.erase(0, 1);
  return shortened(std::move(name));
}

std::string column_name(std::string_view source, Naming naming) {
  return shortened(naming == Naming::source ? std::string(source) : normalised(source));
}

bool is_too_long(std::string_view source, Naming naming) {
  return (naming == Naming::source ? source.size() : normalised(source).size()) > kMaxBytes;
}

bool is_emptied(std::string_view source, Naming naming) {
  if (source.empty()) return true;
  if (naming == Naming::source) return false;
  const std::string name = normalised(source);
  return name.find_first_not_of('_') == std::string::npos &&
         source.find_first_not_of('_') != std::string_view::npos;
}

std::string folded(std::string_view destination_name) {
  std::string name(destination_name);
  for (char& c : name)
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  return name;
}

bool is_schema_name(std::string_view name) {
  const auto fits = [](char c) { return c == '_' || is_lower(c) || is_digit(c); };
  return !name.empty() && !is_digit(name.front()) && std::ranges::all_of(name, fits);
}

bool is_system_name(std::string_view destination_name) {
  return destination_name.starts_with("_fivetran_");
}

}  // namespace protocol
