// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace protocol {

// Resolves the escapes of a JSON string's content (without its quotes) into `to`, which has room
// for content.size() bytes; the result is never longer. U+0000 and lone surrogates, which no
// warehouse stores, become U+FFFD and are counted in `replaced`. Returns the length written, or -1
// when an escape is not valid.
std::ptrdiff_t unescape(std::string_view content, char* to, std::uint64_t& replaced);

// Appends `text` as the content of a JSON string, with only the escapes that JSON demands.
void append_escaped(std::string& to, std::string_view text);

}  // namespace protocol
