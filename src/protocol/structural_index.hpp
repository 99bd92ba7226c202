// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/padded_buffer.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace protocol {

// Where the tokens of a JSON text begin: simdjson's first stage, which also checks UTF-8, that each
// string is closed and that no string holds a bare control character. Everything else (grammar,
// numbers, literals, escapes) is the caller's to validate.
class StructuralIndex {
 public:
  StructuralIndex();
  ~StructuralIndex();
  StructuralIndex(const StructuralIndex&) = delete;
  StructuralIndex& operator=(const StructuralIndex&) = delete;

  enum class Status { ok, empty, broken };
  // `text` must have PaddedBuffer::kPadding readable bytes behind it and be below 4 GiB. The
  // positions stay valid until the next call.
  Status build(std::string_view text);

  // Offsets of structural characters and of the first byte of each scalar, ascending, followed by
  // the text's size as a sentinel.
  const std::uint32_t* begin() const noexcept;
  const std::uint32_t* end() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Appends `piece` without the white space between its tokens to a buffer that has room for as many
// bytes as `piece` has. False: a string is left open.
bool squeeze(std::string_view piece, base::PaddedBuffer& to);
// A JSON text without the white space between its tokens. Only for what is known to be JSON: tokens
// of anything else may run together, and a text with an open string comes out empty.
base::PaddedBuffer squeezed(std::string_view text);

}  // namespace protocol
