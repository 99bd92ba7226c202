// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_cursor.hpp"

#include <algorithm>
#include <cstring>

namespace protocol {
namespace {

using core::JsonKind;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool valid_escapes(std::string_view content) {
  for (std::size_t i = content.find('\\'); i != content.npos; i = content.find('\\', i)) {
    const char kind = i + 1 < content.size() ? content[i + 1] : '\0';
    if (kind == 'u') {
      if (i + 6 > content.size()) return false;
      for (std::size_t k = i + 2; k < i + 6; ++k)
        if (std::strchr("0123456789abcdefABCDEF", content[k]) == nullptr) return false;
      i += 6;
    } else if (kind != '\0' && std::strchr("\"\\/bfnrt", kind) != nullptr) {
      i += 2;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

std::size_t number_length(std::string_view text) noexcept {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t begin = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i > begin;
  };
  if (i < text.size() && text[i] == '-') ++i;
  if (i < text.size() && text[i] == '0') {
    ++i;
  } else if (!digits()) {
    return 0;
  }
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (!digits()) return 0;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!digits()) return 0;
  }
  return i;
}

JsonCursor::JsonCursor(std::string_view text, const std::uint32_t* begin, const std::uint32_t* end,
                       DuplicateWatch* watch)
    : text_(text), next_(begin), end_(end), watch_(watch), backslash_(text.find('\\')) {}

bool JsonCursor::take_string(RawString& string) noexcept {
  if (peek() != '"') return false;
  const std::size_t open = *next_++;
  // The index has no entry for the closing quote: it is the last byte that is not white space
  // before the next token.
  std::size_t close = position() - 1;
  while (close > open && is_space(text_[close])) --close;
  if (close == open || text_[close] != '"') return false;
  string.content = text_.substr(open + 1, close - open - 1);
  if (backslash_ < open) backslash_ = text_.find('\\', open);
  string.escaped = backslash_ < close;
  return !string.escaped || valid_escapes(string.content);
}

bool JsonCursor::take_separator(char close, bool& more) noexcept {
  if (peek() == ',') {
    ++next_;
    more = true;
    return true;
  }
  more = false;
  return take(close);
}

// The scalar that began before `at` must end there: white space up to the next token.
bool JsonCursor::token_ends(std::size_t at, Walked& value) noexcept {
  const std::size_t begin = static_cast<std::size_t>(value.raw.data() - text_.data());
  value.raw = text_.substr(begin, at - begin);
  for (const std::size_t next = position(); at < next; ++at)
    if (!is_space(text_[at])) return false;
  return true;
}

bool JsonCursor::take_scalar(Walked& value) noexcept {
  const std::size_t at = *next_;
  value.raw = text_.substr(at, 0);
  const std::string_view rest = text_.substr(at);
  const auto literal = [&](std::string_view word, JsonKind kind) {
    value.kind = kind;
    ++next_;
    return rest.starts_with(word) && token_ends(at + word.size(), value);
  };
  switch (rest.front()) {
    case '"': {
      value.kind = JsonKind::string;
      if (!take_string(value.string)) return false;
      value.raw = text_.substr(at, value.string.content.size() + 2);
      return true;
    }
    case 't': return literal("true", JsonKind::boolean);
    case 'f': return literal("false", JsonKind::boolean);
    case 'n': return literal("null", JsonKind::null);
    default: {
      value.kind = JsonKind::number;
      ++next_;
      const std::size_t length = number_length(rest);
      return length > 0 && token_ends(at + length, value);
    }
  }
}

bool JsonCursor::take_value(Walked& value) {
  if (at_end()) return false;
  value.tokens_begin = next_;
  value.spaced = value.escaped = false;
  const char first = peek();
  const bool ok = first == '{' || first == '[' ? take_container(value, 1) : take_scalar(value);
  value.tokens_end = next_;
  return ok;
}

bool JsonCursor::take_container(Walked& value, int depth) {
  if (depth > kMaxDepth) return false;
  const std::size_t begin = *next_;
  const bool object = text_[begin] == '{';
  const bool ok = object ? take_members(value, depth) : take_elements(value, depth);
  if (!ok) return false;
  const std::size_t end = *(next_ - 1) + 1;
  value.kind = object ? JsonKind::object : JsonKind::array;
  value.raw = text_.substr(begin, end - begin);
  return true;
}

// White space inside a container shows as a gap between the end of a token and the next token.
bool JsonCursor::take_nested(Walked& value, int depth) {
  if (at_end()) return false;
  const char first = peek();
  if (first == '{' || first == '[') {
    if (!take_container(value, depth + 1)) return false;
    value.spaced = value.spaced || *(next_ - 1) + 1 != position();
    return true;
  }
  Walked scalar;
  if (!take_scalar(scalar)) return false;
  value.escaped = value.escaped || scalar.string.escaped;
  const std::size_t end =
      static_cast<std::size_t>(scalar.raw.data() - text_.data()) + scalar.raw.size();
  value.spaced = value.spaced || end != position();
  return true;
}

bool JsonCursor::take_members(Walked& value, int depth) {
  const std::size_t object_at = *next_++;
  value.spaced = value.spaced || position() != object_at + 1;
  if (take('}')) return true;
  const std::size_t first_key = keys_.size();
  for (bool more = true; more;) {
    RawString key;
    if (!take_string(key)) return false;
    const std::size_t key_end =
        static_cast<std::size_t>(key.content.data() - text_.data()) + key.content.size() + 1;
    value.escaped = value.escaped || key.escaped;
    value.spaced = value.spaced || key_end != position();
    if (watch_ != nullptr) keys_.push_back(key.content);
    if (!take(':')) return false;
    value.spaced = value.spaced || *(next_ - 1) + 1 != position();
    if (!take_nested(value, depth) || !take_separator('}', more)) return false;
    value.spaced = value.spaced || (more && *(next_ - 1) + 1 != position());
  }
  if (watch_ == nullptr) return true;
  check_keys(first_key, object_at);
  keys_.resize(first_key);
  return true;
}

bool JsonCursor::take_elements(Walked& value, int depth) {
  const std::size_t array_at = *next_++;
  value.spaced = value.spaced || position() != array_at + 1;
  if (take(']')) return true;
  for (bool more = true; more;) {
    if (!take_nested(value, depth) || !take_separator(']', more)) return false;
    value.spaced = value.spaced || (more && *(next_ - 1) + 1 != position());
  }
  return true;
}

void JsonCursor::check_keys(std::size_t first, std::size_t object_at) {
  const std::size_t count = keys_.size() - first;
  if (count < 2) return;
  if (count <= 24) {
    for (std::size_t i = first + 1; i < keys_.size(); ++i)
      for (std::size_t k = first; k < i; ++k)
        if (keys_[i] == keys_[k]) {
          watch_->duplicate_key(keys_[i], object_at);
          break;
        }
    return;
  }
  std::sort(keys_.begin() + static_cast<std::ptrdiff_t>(first), keys_.end());
  for (std::size_t i = first + 1; i < keys_.size(); ++i)
    if (keys_[i] == keys_[i - 1]) watch_->duplicate_key(keys_[i], object_at);
}

}  // namespace protocol
