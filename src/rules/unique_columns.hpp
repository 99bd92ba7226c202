// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/value.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

// The smallest set of columns that no two different rows of the page share, at most three: `key`
// and what has to be added to it, else any. Only columns that each row fills with a plain value
// count. Empty: there is none, or the page has too few or too many rows to tell.
std::vector<std::string_view> unique_columns(const core::TableRows& table,
                                             std::span<const std::string_view> key);

// "unique on the 237 rows of this page: `id` and `site`", or empty when there is no such set.
std::string unique_text(const core::TableRows& table, std::span<const std::string_view> columns);

}  // namespace rules
