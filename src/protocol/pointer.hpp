// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace protocol {

// A JSON pointer (RFC 6901) of these steps: pointer({"insert", "a/b", "3"}) is "/insert/a~1b/3".
std::string pointer(std::initializer_list<std::string_view> steps);

// One step of a pointer with its slash: pointer_step("a/b") is "/a~1b".
std::string pointer_step(std::string_view step);

// The same pointer with `*` for each index of a row or list element: "/insert/orders/*/total".
// Names at the first two steps stay, also a table that is called `2024`.
std::string without_indexes(std::string_view pointer);

}  // namespace protocol
