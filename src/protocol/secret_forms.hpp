// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace protocol {

// How a secret may be written where somebody put it.
enum class SecretForm : std::uint8_t { plain, json, url, base64, hex };
// "as it is", "JSON-escaped", "URL-encoded", "base64", "hex".
std::string_view name(SecretForm form);

struct WrittenSecret {
  SecretForm form = SecretForm::plain;
  std::string text;
};

// All texts that give a value away: itself; JSON-escaped as serialisers do it (non-ASCII kept or
// as \uXXXX, a slash with or without backslash, a document inside a document); URL-encoded (upper
// and lower case, blank as %20 or +); base64 at each of the three alignments, both alphabets, the
// outer characters left out since they depend on the neighbours; hex in both cases. Of a value of
// several lines (a private key) each long line as well, since logs come by the line. No text twice;
// base64 and hex only from eight bytes on, where they cannot stand in ordinary data by chance.
std::vector<WrittenSecret> written_forms(std::string_view value);

}  // namespace protocol
