// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reporters {

// Writes JSON in order, indented or on one line. Unlike a document model it can pass on raw JSON,
// so that the digits of a state stay what the connector sent.
class JsonWriter {
 public:
  explicit JsonWriter(bool indented) : indented_(indented) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(bool b) { return raw(b ? "true" : "false"); }
  JsonWriter& value(std::integral auto n) { return raw(std::to_string(n)); }
  JsonWriter& seconds(std::int64_t microseconds);
  JsonWriter& null() { return raw("null"); }
  // One JSON value, passed on as it is; what is not JSON becomes a string.
  JsonWriter& json(std::string_view text);

  template <class T>
  JsonWriter& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  std::string take() { return std::move(out_); }

 private:
  JsonWriter& raw(std::string_view text);
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();
  void new_line();

  bool indented_;
  bool after_key_ = false;
  std::vector<bool> has_content_;
  std::string out_;
};

}  // namespace reporters
