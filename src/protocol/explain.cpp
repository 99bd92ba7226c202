// SPDX-License-Identifier: Apache-2.0
#include "protocol/explain.hpp"

#include "protocol/json_cursor.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace protocol {
namespace {

// Reads one byte after the other and remembers the first fault.
class Examiner {
 public:
  explicit Examiner(std::string_view text) : text_(text) {}

  bool document() {
    if (text_.starts_with("\xEF\xBB\xBF"))
      return fault("a byte order mark stands before the JSON",
                   "write UTF-8 without a byte order mark");
    space();
    if (!value(1)) return false;
    space();
    if (at_ < text_.size())
      return fault("text follows behind the end of the JSON value",
                   "print logs to stderr and only the response to stdout");
    return true;
  }

  std::size_t at() const { return at_; }
  const std::string& what() const { return what_; }
  const std::string& hint() const { return hint_; }

 private:
  bool fault(std::string what, std::string hint = "") {
    what_ = std::move(what);
    hint_ = std::move(hint);
    return false;
  }
  bool ended() const { return at_ >= text_.size(); }
  char here() const { return ended() ? '\0' : text_[at_]; }
  void space() {
    while (!ended() && std::string_view(" \t\r\n").find(here()) != std::string_view::npos) ++at_;
  }
  bool cut_off() {
    return fault("the text ends in the middle of a value",
                 "the body was cut off: look for a size limit or a crash while writing");
  }

  bool value(int depth) {
    if (depth > JsonCursor::kMaxDepth)
      return fault(
          fmt::format("values are nested more than {} levels deep", JsonCursor::kMaxDepth));
    if (ended()) return cut_off();
    switch (here()) {
      case '{': return container('}', depth);
      case '[': return container(']', depth);
      case '"': return string();
      case 't': return word("true");
      case 'f': return word("false");
      case 'n': return word("null");
      default: return number_or_fault();
    }
  }

  bool container(char close, int depth) {
    ++at_;
    space();
    if (here() == close) {
      ++at_;
      return true;
    }
    while (true) {
      if (close == '}' && !key()) return false;
      if (!value(depth + 1)) return false;
      space();
      if (ended()) return cut_off();
      if (here() == close) {
        ++at_;
        return true;
      }
      if (here() != ',') return fault(fmt::format("expected ',' or '{}' after a value", close));
      ++at_;
      space();
      if (here() == close)
        return fault(fmt::format("a comma stands before the closing '{}'", close),
                     "remove the trailing comma");
    }
  }

  bool key() {
    if (ended()) return cut_off();
    if (here() == '\'')
      return fault("a key stands in single quotes",
                   "return the object itself or json.dumps(…): this looks like Python's str(dict)");
    if (here() != '"') return fault("expected a key in double quotes");
    if (!string()) return false;
    space();
    if (ended()) return cut_off();
    if (here() != ':') return fault("expected ':' after a key");
    ++at_;
    space();
    return true;
  }

  bool string() {
    ++at_;
    while (true) {
      if (ended()) return cut_off();
      const auto c = static_cast<unsigned char>(here());
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c < 0x20)
        return fault(fmt::format("a bare control character (0x{:02x}) stands in a string", c),
                     "write it as an escape such as \\n");
      if (c == '\\') {
        if (!escape()) return false;
      } else if (c < 0x80) {
        ++at_;
      } else if (!utf8()) {
        return fault("a byte sequence is not UTF-8", "encode the response as UTF-8");
      }
    }
  }

  bool escape() {
    const char kind = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (kind == 'u') {
      for (std::size_t i = at_ + 2; i < at_ + 6; ++i) {
        if (i >= text_.size()) {
          at_ = text_.size();
          return cut_off();
        }
        if (std::string_view("0123456789abcdefABCDEF").find(text_[i]) == std::string_view::npos)
          return fault("\\u needs four hexadecimal digits");
      }
      at_ += 6;
      return true;
    }
    if (kind == '\0' || std::string_view("\"\\/bfnrt").find(kind) == std::string_view::npos)
      return fault("an escape that JSON does not know");
    at_ += 2;
    return true;
  }

  bool utf8() {
    const auto byte = [this](std::size_t offset) -> unsigned {
      return at_ + offset < text_.size() ? static_cast<unsigned char>(text_[at_ + offset]) : 0;
    };
    const unsigned lead = byte(0);
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || lead > 0xF4) return false;
    for (std::size_t i = 1; i < length; ++i)
      if ((byte(i) & 0xC0) != 0x80) return false;
    const unsigned second = byte(1);
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
      return false;
    at_ += length;
    return true;
  }

  bool word(std::string_view expected) {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with(expected) && ends_token(at_ + expected.size())) {
      at_ += expected.size();
      return true;
    }
    if (ended() || expected.starts_with(rest)) {
      at_ = text_.size();
      return cut_off();
    }
    return unknown_word();
  }

  bool ends_token(std::size_t at) const {
    return at >= text_.size() ||
           std::string_view(" \t\r\n,]}:").find(text_[at]) != std::string_view::npos;
  }

  bool number_or_fault() {
    const std::size_t length = number_length(text_.substr(at_));
    if (length > 0 && ends_token(at_ + length)) {
      at_ += length;
      return true;
    }
    return unknown_word();
  }

  bool unknown_word() {
    const std::string_view rest = text_.substr(at_);
    for (const std::string_view word : {"NaN", "Infinity", "-Infinity"})
      if (rest.starts_with(word))
        return fault(fmt::format("{} is not JSON", word),
                     "send null instead, or a number that exists");
    for (const std::string_view word : {"None", "True", "False"})
      if (rest.starts_with(word))
        return fault(fmt::format("{} is Python, not JSON", word),
                     "return the object itself or json.dumps(…) of it");
    if (rest.starts_with("undefined"))
      return fault("undefined is JavaScript, not JSON", "leave the field out or send null");
    if (rest.front() == '<')
      return fault("this looks like HTML or XML", "an error page was returned instead of the data");
    if (rest.front() == '\'')
      return fault("a string stands in single quotes", "JSON strings need double quotes");
    const char c = rest.front();
    if (c == '-' || c == '+' || c == '.' || (c >= '0' && c <= '9'))
      return fault("a number that JSON does not know",
                   "no leading zeros, no plus sign, digits on both sides of the point");
    return fault("expected a JSON value",
                 at_ == 0 ? "print logs to stderr, only the response to stdout" : "");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string what_, hint_;
};

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::string excerpt(std::string_view body, std::size_t at) {
  constexpr std::size_t kBefore = 40, kAfter = 24;
  std::size_t begin = at > kBefore ? at - kBefore : 0;
  while (begin > 0 && begin < body.size() && continues_character(body[begin])) --begin;
  std::size_t end = std::min(body.size(), at + kAfter);
  while (end < body.size() && continues_character(body[end])) ++end;
  std::string text = begin > 0 ? "…" : "";
  for (std::size_t i = begin; i < end; ++i) {
    if (i == at) text += "⟶";
    const auto c = static_cast<unsigned char>(body[i]);
    text += c < 0x20 || c == 0x7F ? std::string(1, ' ') : std::string(1, body[i]);
  }
  if (at >= end) text += "⟶";
  if (end < body.size()) text += "…";
  return text;
}

}  // namespace

std::optional<core::SyntaxFault> explain(std::string_view body) {
  Examiner examiner(body);
  if (examiner.document()) return std::nullopt;
  core::SyntaxFault fault;
  fault.offset = std::min(examiner.at(), body.size());
  fault.what = examiner.what();
  fault.hint = examiner.hint();
  const std::string_view before = body.substr(0, fault.offset);
  fault.line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
  const std::size_t line_begin = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  fault.column = 1;
  for (const char c : before.substr(line_begin)) fault.column += continues_character(c) ? 0 : 1;
  fault.excerpt = excerpt(body, fault.offset);
  return fault;
}

}  // namespace protocol
