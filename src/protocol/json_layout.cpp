// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_layout.hpp"

#include "protocol/json_cursor.hpp"
#include "protocol/structural_index.hpp"

namespace protocol {
namespace {

constexpr std::size_t kWidth = 100;
constexpr int kLevelsOfLines = 3;

class IgnoreDuplicates final : public DuplicateWatch {
 public:
  void duplicate_key(std::string_view, std::size_t) override {}
};

bool opens(char c) {
  return c == '{' || c == '[';
}
bool closes(char c) {
  return c == '}' || c == ']';
}

class Indenter {
 public:
  Indenter(const JsonTokens& tokens, std::string& to) : tokens_(tokens), to_(to) {}

  // The value at `at`; returns the token behind it. `level` counts from 1 at the root.
  std::size_t value(std::size_t at, int level) {
    if (!opens(tokens_.first(at))) {
      to_ += tokens_.raw(at);
      return at + 1;
    }
    if (closes(tokens_.first(at + 1)) || (level > kLevelsOfLines && fits(at, level)))
      return on_one_line(at);
    to_ += tokens_.first(at++);
    for (bool more = true; more;) {
      new_line(level);
      if (tokens_.first(at + 1) == ':') {
        to_.append(tokens_.raw(at)).append(": ");
        at += 2;
      }
      at = value(at, level + 1);
      more = tokens_.first(at) == ',';
      if (more) to_ += tokens_.first(at++);
    }
    new_line(level - 1);
    to_ += tokens_.first(at);
    return at + 1;
  }

 private:
  void new_line(int level) { to_.append(1, '\n').append(static_cast<std::size_t>(level) * 2, ' '); }

  // Whether the container at `at` has room on the line.
  bool fits(std::size_t at, int level) const {
    std::size_t room = kWidth - std::min(kWidth, static_cast<std::size_t>(level - 1) * 2);
    for (int depth = 0;; ++at) {
      const char c = tokens_.first(at);
      const bool spaced = c == ',' || c == ':';
      const std::size_t size = spaced ? 2 : tokens_.raw(at).size();
      if (size > room) return false;
      room -= size;
      if (opens(c)) ++depth;
      if (closes(c) && --depth == 0) return true;
    }
  }

  std::size_t on_one_line(std::size_t at) {
    for (int depth = 0;;) {
      const char c = tokens_.first(at);
      to_ += tokens_.raw(at++);
      if (c == ',' || c == ':') to_ += ' ';
      if (opens(c)) ++depth;
      if (closes(c) && --depth == 0) return at;
    }
  }

  const JsonTokens& tokens_;
  std::string& to_;
};

}  // namespace

JsonTokens::JsonTokens(std::string_view text, std::unique_ptr<StructuralIndex> index)
    : text_(text), index_(std::move(index)), begin_(index_->begin()), end_(index_->end()) {}
JsonTokens::JsonTokens(JsonTokens&&) noexcept = default;
JsonTokens& JsonTokens::operator=(JsonTokens&&) noexcept = default;
JsonTokens::~JsonTokens() = default;

std::optional<JsonTokens> JsonTokens::read(std::string_view padded) {
  auto index = std::make_unique<StructuralIndex>();
  if (index->build(padded) != StructuralIndex::Status::ok) return std::nullopt;
  JsonTokens tokens(padded, std::move(index));
  IgnoreDuplicates ignore;
  JsonCursor cursor(padded, tokens.begin_, tokens.end_, ignore);
  Walked value;
  if (!cursor.take_value(value) || !cursor.at_end()) return std::nullopt;
  tokens.spaced_ = value.spaced || value.raw.size() != padded.size();
  return tokens;
}

std::string_view JsonTokens::raw(std::size_t token) const noexcept {
  const std::size_t begin = begin_[token];
  const char c = text_[begin];
  if (opens(c) || closes(c) || c == ',' || c == ':') return text_.substr(begin, 1);
  std::size_t end = begin_ + token + 1 == end_ ? text_.size() : begin_[token + 1];
  while (text_[end - 1] == ' ' || text_[end - 1] == '\n' || text_[end - 1] == '\t' ||
         text_[end - 1] == '\r')
    --end;
  return text_.substr(begin, end - begin);
}

std::size_t JsonTokens::after(std::size_t token) const noexcept {
  for (int depth = 0;;) {
    const char c = first(token++);
    if (opens(c)) ++depth;
    if (closes(c)) --depth;
    if (depth == 0) return token;
  }
}

void append_compact(std::string& to, const JsonTokens& tokens, std::size_t from) {
  const std::size_t end = tokens.after(from);
  if (!tokens.spaced()) {
    const std::size_t begin = tokens.offset(from);
    const std::size_t stop = tokens.offset(end - 1) + tokens.raw(end - 1).size();
    to.append(tokens.text().substr(begin, stop - begin));
    return;
  }
  for (std::size_t at = from; at < end; ++at) to += tokens.raw(at);
}

std::string compact(const JsonTokens& tokens, std::size_t from) {
  std::string to;
  to.reserve(tokens.text().size());
  append_compact(to, tokens, from);
  return to;
}

std::string indented(const JsonTokens& tokens) {
  std::string to;
  to.reserve(tokens.text().size() + tokens.text().size() / 4);
  Indenter(tokens, to).value(0, 1);
  to += '\n';
  return to;
}

}  // namespace protocol
