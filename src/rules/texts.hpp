// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/value.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The words of findings: values cut to a readable length, rows, amounts.
namespace rules {

// `text` on one line of at most `most` columns, cut in the middle.
std::string shorten(std::string_view text, std::size_t most = 80);
// The same for raw JSON, without its white space.
std::string json_text(std::string_view json, std::size_t most = 200);

// A value as JSON, shortened: 7, "abc", {"a":1}.
std::string value_text(const core::Value& value);
// A row as JSON, shortened.
std::string row_text(const core::TableRows& table, std::size_t row);
// The JSON pointer of a row: "/insert/orders/17".
std::string row_pointer(std::string_view field, const core::TableRows& table, std::size_t row);
// The pointer of one of its cells: "/insert/orders/17/total".
std::string cell_pointer(std::string_view field, const core::TableRows& table, std::size_t row,
                         std::string_view column);

// "`a`, `b` and `c`"; beyond `most` names "`a`, `b`, `c` and 4 more".
std::string names_text(std::span<const std::string_view> names, std::size_t most = 6);
std::vector<std::string_view> views(std::span<const std::string> names);

// "1 row", "12,000 rows".
std::string counted(std::uint64_t count, std::string_view noun);
// "6,291,556 bytes (6.3 MB)".
std::string bytes_text(std::uint64_t bytes);
// "900 s", "0.4 s".
std::string seconds_text(std::chrono::microseconds time);

// "<errorType> : <errorMessage>", as Fivetran shows a failed call: contract §1.4.
std::string error_text(std::string_view type, std::string_view message);

// ASCII letters only.
bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string lower(std::string_view text);

}  // namespace rules
