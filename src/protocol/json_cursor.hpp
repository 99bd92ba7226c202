// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/same_bytes.hpp"
#include "core/sync_response.hpp"
#include "core/value.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace protocol {

// A JSON string as it stands in the text: content without quotes, escapes untouched.
struct RawString {
  std::string_view content;
  bool escaped = false;
};

// A value that was walked over and validated.
struct Walked {
  core::JsonKind kind = core::JsonKind::absent;
  std::string_view raw;  // its bytes, white space inside included
  RawString string;      // when kind is string
  bool spaced = false;   // object or array with white space between its tokens
  bool escaped = false;  // object or array with an escape in one of its strings
  const std::uint32_t* tokens_begin = nullptr;  // its tokens in the index
  const std::uint32_t* tokens_end = nullptr;
};

// Notes of an object that holds a key twice.
class DuplicateWatch {
 public:
  virtual ~DuplicateWatch() = default;
  // `inside`: text position of the object's opening brace.
  virtual void duplicate_key(std::string_view key, std::size_t inside) = 0;
};

// Walks over JSON along a structural index and validates all that the index does not: grammar,
// numbers, literals, escapes. Once something is wrong each call returns false; where and what is
// explained by protocol::explain, on the slow path.
class JsonCursor {
 public:
  static constexpr int kMaxDepth = 1024;

  // `watch`: null when equal keys do not matter; they are not looked for then.
  JsonCursor(std::string_view text, const std::uint32_t* begin, const std::uint32_t* end,
             DuplicateWatch* watch = nullptr);

  static bool is_space(char c) noexcept { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

  bool at_end() const noexcept { return next_ == end_; }
  std::size_t tokens_left() const noexcept { return static_cast<std::size_t>(end_ - next_); }
  // The first byte of the next token, or 0 at the end.
  char peek() const noexcept { return next_ == end_ ? '\0' : text_[*next_]; }
  std::uint32_t position() const noexcept { return next_ == end_ ? size() : *next_; }

  // Steps over the structural character `c`.
  bool take(char c) noexcept {
    if (peek() != c) return false;
    ++next_;
    return true;
  }
  bool take_string(RawString& string) noexcept;
  // A key and its colon.
  bool take_key(RawString& key) noexcept { return take_string(key) && take(':'); }
  // A key and its colon, if it is `name`: true and behind it, or false and still before it. Only
  // for names without a backslash.
  bool take_known_key(std::string_view name) noexcept {
    if (end_ - next_ < 2) return false;
    const std::size_t open = next_[0], close = open + 1 + name.size();
    // The colon's place is looked at first: it tells keys of other lengths apart and that the rest
    // lies within the text.
    if (next_[1] <= close || text_[next_[1]] != ':' || text_[close] != '"' || text_[open] != '"' ||
        !base::same_bytes(text_.data() + open + 1, name.data(), name.size()))
      return false;
    for (std::size_t at = close + 1; at < next_[1]; ++at)
      if (!is_space(text_[at])) return false;
    next_ += 2;
    return true;
  }
  // After a member or element: a comma (more = true) or `close` (more = false).
  bool take_separator(char close, bool& more) noexcept;
  // Any value; containers are walked to their end.
  bool take_value(Walked& value);

 private:
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(text_.size()); }
  bool take_scalar(Walked& value) noexcept;
  bool take_container(Walked& value, int depth);
  bool take_members(Walked& value, int depth);
  bool take_elements(Walked& value, int depth);
  bool take_nested(Walked& value, int depth);
  bool token_ends(std::size_t at, Walked& value) noexcept;
  void check_keys(std::size_t first, std::size_t object_at);

  std::string_view text_;
  const std::uint32_t* next_;
  const std::uint32_t* end_;
  DuplicateWatch* watch_;
  std::size_t backslash_;               // the first one at or behind the last string
  std::vector<std::string_view> keys_;  // of the open objects, innermost last
};

// The length of the JSON number at the start of `text`, or 0 when there is none.
std::size_t number_length(std::string_view text) noexcept;

}  // namespace protocol
