// SPDX-License-Identifier: Apache-2.0
#include "reporters/json_writer.hpp"

#include "base/text.hpp"
#include "protocol/json_text.hpp"

#include <fmt/format.h>

namespace reporters {

void JsonWriter::new_line() {
  if (!indented_) return;
  out_ += '\n';
  out_.append(has_content_.size() * 2, ' ');
}

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_content_.empty()) return;
  if (has_content_.back()) out_ += ',';
  has_content_.back() = true;
  new_line();
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  out_ += protocol::quote(base::valid_utf8(name));
  out_ += indented_ ? ": " : ":";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view text) {
  separate();
  out_ += text;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  return raw(protocol::quote(base::valid_utf8(text)));
}

JsonWriter& JsonWriter::seconds(std::int64_t microseconds) {
  const std::uint64_t all = microseconds < 0 ? 0 - static_cast<std::uint64_t>(microseconds)
                                             : static_cast<std::uint64_t>(microseconds);
  return raw(
      fmt::format("{}{}.{:06}", microseconds < 0 ? "-" : "", all / 1'000'000, all % 1'000'000));
}

JsonWriter& JsonWriter::json(std::string_view text) {
  const auto normal = protocol::normal_form(text);
  return normal ? raw(*normal) : value(text);
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  has_content_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  const bool content = has_content_.back();
  has_content_.pop_back();
  if (content) new_line();
  out_ += bracket;
  return *this;
}

}  // namespace reporters
