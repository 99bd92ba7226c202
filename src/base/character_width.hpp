// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace base {

// Columns that one character takes on a terminal: combining and invisible ones none, East Asian
// wide ones and emoji two.
std::size_t character_width(char32_t code) noexcept;

}  // namespace base
