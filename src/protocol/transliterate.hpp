// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace protocol {

// UTF-8 text in ASCII: Latin letters without their marks, Greek and Cyrillic letters by sound, wide
// forms as the plain ones, combining marks dropped. What has no counterpart becomes `_`, as does
// each ASCII byte that is no letter, digit or underscore.
std::string transliterate(std::string_view utf8);

}  // namespace protocol
