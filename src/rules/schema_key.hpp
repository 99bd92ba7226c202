// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/rule.hpp"

#include <string_view>
#include <vector>

namespace rules {

// The key that this response declares for a table, without repetitions; empty: none.
std::vector<std::string_view> declared_key(const core::SyncResponse& response,
                                           std::string_view table);

// `schema` names the key without a table: {"schema": {"primary_key": ["id"]}}.
const core::SchemaEntry* misnested_key(const core::SyncResponse& response);

// The entry of `schema` whose table is spelled like this one but for letter case and punctuation;
// null when the table has an entry of its own.
const core::SchemaEntry* other_spelling(const core::SyncResponse& response, std::string_view table);

// The rule whose finding already says why this table has no usable key in this response, or empty.
std::string_view told_no_key(const core::CallView& view, std::string_view table);

}  // namespace rules
