// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_layout.hpp"
#include "protocol/structural_index.hpp"

#include <algorithm>
#include <cstring>

namespace protocol {
namespace {

constexpr std::size_t kWidth = 100;
constexpr int kLevelsOfLines = 3;

bool opens(char c) {
  return c == '{' || c == '[';
}
bool closes(char c) {
  return c == '}' || c == ']';
}

// Writes bytes behind each other into a text whose room is asked for once a line, not once a token.
class Writer {
 public:
  // `bytes`: about how many there will be.
  explicit Writer(std::size_t bytes) { text_.resize(bytes); }

  void need(std::size_t bytes) {
    if (text_.size() - size_ < bytes + kStride) text_.resize((text_.size() + bytes) * 2 + kStride);
  }
  // Needs kStride readable bytes behind `piece`.
  void copy(std::string_view piece) noexcept {
    char* to = text_.data() + size_;
    if (piece.size() <= kStride)
      std::memcpy(to, piece.data(), kStride);
    else
      std::memcpy(to, piece.data(), piece.size());
    size_ += piece.size();
  }
  void put(char c) noexcept { text_[size_++] = c; }
  void new_line(std::size_t spaces) noexcept {
    put('\n');
    std::memset(text_.data() + size_, ' ', spaces);
    size_ += spaces;
  }
  std::string take() {
    text_.resize(size_);
    return std::move(text_);
  }

 private:
  static constexpr std::size_t kStride = 32;
  static_assert(kStride <= base::PaddedBuffer::kPadding);
  std::string text_;
  std::size_t size_ = 0;
};

// Indents a text without white space: what follows a token begins where the token ends, so that a
// whole `value,` is one copy.
class Indenter {
 public:
  explicit Indenter(const JsonTokens& tokens)
      : tokens_(tokens), out_(tokens.text().size() + tokens.text().size() / 2) {}

  std::string run() {
    value(0, 1);
    out_.need(1);
    out_.put('\n');
    return out_.take();
  }

 private:
  std::size_t offset(std::size_t token) const noexcept {
    return token < tokens_.size() ? tokens_.offset(token) : tokens_.text().size();
  }
  void copy(std::size_t from, std::size_t end) {
    const std::size_t begin = offset(from), size = offset(end) - begin;
    out_.need(size + 1);
    out_.copy(tokens_.text().substr(begin, size));
  }

  // The value at `at`; returns the token behind it. `level` counts from 1 at the root.
  std::size_t value(std::size_t at, int level) {
    if (!opens(tokens_.first(at))) {
      copy(at, at + 1);
      return at + 1;
    }
    if (closes(tokens_.first(at + 1)) || (level > kLevelsOfLines && fits(at, level)))
      return on_one_line(at);
    copy(at, at + 1);
    ++at;
    for (bool more = true; more;) {
      new_line(level);
      if (tokens_.first(at + 1) == ':') {
        copy(at, at + 2);
        out_.put(' ');
        at += 2;
      }
      const std::size_t scalar = opens(tokens_.first(at)) ? 0 : 1;
      if (scalar == 0) at = value(at, level + 1);
      more = tokens_.first(at + scalar) == ',';
      copy(at, at + scalar + (more ? 1 : 0));
      at += scalar + (more ? 1 : 0);
    }
    new_line(level - 1);
    copy(at, at + 1);
    return at + 1;
  }

  void new_line(int level) {
    const std::size_t spaces = static_cast<std::size_t>(level) * 2;
    out_.need(spaces + 1);
    out_.new_line(spaces);
  }

  // Whether the container at `at` has room on the line.
  bool fits(std::size_t at, int level) const {
    const std::size_t room = kWidth - std::min(kWidth, static_cast<std::size_t>(level - 1) * 2);
    const std::size_t begin = offset(at);
    std::size_t blanks = 0;
    for (int depth = 0;; ++at) {
      const char c = tokens_.first(at);
      if (c == ',' || c == ':') ++blanks;
      if (offset(at) + 1 - begin + blanks > room) return false;
      if (opens(c)) ++depth;
      if (closes(c) && --depth == 0) return true;
    }
  }

  std::size_t on_one_line(std::size_t at) {
    std::size_t from = at;  // what was not written yet begins there
    for (int depth = 0;;) {
      const char c = tokens_.first(at++);
      if (c == ',' || c == ':') {
        copy(from, at);
        out_.put(' ');
        from = at;
      }
      if (opens(c)) ++depth;
      if (closes(c) && --depth == 0) break;
    }
    copy(from, at);
    return at;
  }

  const JsonTokens& tokens_;
  Writer out_;
};

}  // namespace

std::string indented(const JsonTokens& tokens) {
  if (!tokens.spaced()) return Indenter(tokens).run();
  const base::PaddedBuffer text = squeezed(tokens.text());
  const auto tight = JsonTokens::scan(text.view(), false);
  return tight ? Indenter(*tight).run() : std::string();
}

}  // namespace protocol
