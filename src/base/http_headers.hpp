// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;  // names as they came

// ASCII letters count as equal in either case.
bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

// The value of the first header of that name, whatever its case, or an empty view.
std::string_view find_header(const HttpHeaders& headers, std::string_view name) noexcept;

// Whether the comma-separated values of all headers of that name hold `token`, as in
// "Connection: keep-alive, close".
bool header_has_token(const HttpHeaders& headers, std::string_view name, std::string_view token);

// Without the blanks and tabs around it.
std::string_view trim_blanks(std::string_view text) noexcept;

}  // namespace base
