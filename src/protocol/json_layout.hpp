// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/padded_buffer.hpp"
#include "core/value.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace protocol {

class StructuralIndex;

// A JSON text and where its tokens stand: proved to be exactly one JSON value by RFC 8259. What is
// made from it has the same tokens byte for byte, in the same order: only the white space between
// them is another. The text has to outlive it.
class JsonTokens {
 public:
  // None when `text` is not exactly one JSON value. It must have PaddedBuffer::kPadding readable
  // bytes behind it.
  static std::optional<JsonTokens> read(std::string_view padded);
  // Where the tokens stand, without the proof: quicker, for what is known to be JSON. `spaced`:
  // white space may stand between them. None when a string is open or the text is no UTF-8.
  static std::optional<JsonTokens> scan(std::string_view padded, bool spaced);
  JsonTokens(JsonTokens&&) noexcept;
  JsonTokens& operator=(JsonTokens&&) noexcept;
  ~JsonTokens();

  std::size_t size() const noexcept { return static_cast<std::size_t>(end_ - begin_); }
  std::string_view text() const noexcept { return text_; }
  std::size_t offset(std::size_t token) const noexcept { return begin_[token]; }
  char first(std::size_t token) const noexcept { return text_[begin_[token]]; }
  // The token's bytes: a structural character, or a scalar.
  std::string_view raw(std::size_t token) const noexcept;
  // The token behind the value that begins at `token`.
  std::size_t after(std::size_t token) const noexcept;
  // Whether any white space stands between the tokens or around them.
  bool spaced() const noexcept { return spaced_; }

 private:
  JsonTokens(std::string_view text, std::unique_ptr<StructuralIndex> index);

  std::string_view text_;
  std::unique_ptr<StructuralIndex> index_;
  const std::uint32_t* begin_ = nullptr;
  const std::uint32_t* end_ = nullptr;
  bool spaced_ = false;
};

// The value that begins at token `from`, without white space between its tokens.
void append_compact(std::string& to, const JsonTokens& tokens, std::size_t from = 0);
std::string compact(const JsonTokens& tokens, std::size_t from = 0);

// For people and for `git diff`: the members of the first three levels a line each, so that a row
// is a line; what lies deeper on one line as long as that has at most 100 bytes. Ends with a
// newline.
std::string indented(const JsonTokens& tokens);

}  // namespace protocol
