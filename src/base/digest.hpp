// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace base {

// The 32 bytes of SHA-256.
std::string sha256(std::string_view bytes);
// The 32 bytes of HMAC-SHA-256.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

// Lower-case hexadecimal digits, two a byte.
std::string to_hex(std::string_view bytes);
// RFC 4648 base64 with padding.
std::string to_base64(std::string_view bytes);
// The bytes of base64 text in either alphabet; what is no base64 is left out.
std::string from_base64(std::string_view text);

}  // namespace base
