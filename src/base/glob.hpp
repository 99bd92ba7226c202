// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace base {

// Whether `pattern` covers the whole of `text`: `*` stands for any characters, `?` for one byte,
// everything else for itself.
bool glob_matches(std::string_view pattern, std::string_view text) noexcept;

}  // namespace base
