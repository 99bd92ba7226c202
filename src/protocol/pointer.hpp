// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace protocol {

// A JSON pointer (RFC 6901) of these steps: pointer({"insert", "a/b", "3"}) is "/insert/a~1b/3".
std::string pointer(std::initializer_list<std::string_view> steps);

}  // namespace protocol
