// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/value.hpp"

#include <vector>

namespace destinations {

// For each row whether it has a value in every part of the key. `key_part[c]` is the part that page
// column c gives, or -1; two columns may give the same part, then the later cell of a row counts.
// Empty when all rows do. `exact_counts`: PageColumn::values counts each row once at most, which it
// does not where a row holds a key twice.
std::vector<bool> rows_with_key(const core::TableRows& rows, const std::vector<int>& key_part,
                                std::size_t key_size, bool exact_counts);

// The facts about the columns of `rows` from the usable rows alone, in place of rows.columns.
std::vector<core::PageColumn> columns_of_usable(const core::TableRows& rows,
                                                const std::vector<bool>& usable);

}  // namespace destinations
