// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/credentials.hpp"

#include <span>
#include <string_view>

namespace protocol {

// One well-known credential: the fixed text that it holds, and what has to stand around it.
struct CredentialForm {
  std::string_view literal;
  std::string_view kind;
  CredentialDepth depth = CredentialDepth::strong;
  // The credential's extent when the literal at `at` belongs to one; size 0 otherwise.
  Credential (*check)(std::string_view text, std::size_t at, const CredentialForm& form);
  std::size_t least = 0;  // for the simple ones: characters that follow the literal
  std::string_view alphabet;
};

std::span<const CredentialForm> credential_forms();

// Characters of words and tokens, for the checks.
bool is_alnum(char c) noexcept;
bool is_token_character(char c) noexcept;  // letters, digits and +/=_-.~
// Bits a character (Shannon's entropy): English words have about 3, random base64 above 4.
double entropy(std::string_view text);
// "changeme", "xxxx", "<token>", "${TOKEN}", "%s", "EXAMPLE" and the like.
bool is_placeholder(std::string_view value);

}  // namespace protocol
