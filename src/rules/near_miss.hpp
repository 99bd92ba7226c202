// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sync_response.hpp"

#include <string_view>

namespace rules {

// The key of the response format that an unknown root key was probably meant to be, or empty. A key
// whose exact form the response has as well is never a near miss of it.
std::string_view root_key_meant(const core::SyncResponse& response,
                                const core::ParseFacts::RootKey& unknown);

// The same letters and digits, whatever their case and what stands between: `has_more`.
bool is_spelling_of(std::string_view key, std::string_view wanted);

// Some unknown root key was meant to be this one, or it stands in another place.
bool has_near_miss_of(const core::SyncResponse& response, std::string_view root_key);

// The key of a schema entry that was probably meant to be `primary_key`, or empty.
std::string_view misspelt_primary_key(const core::SchemaEntry& entry);

}  // namespace rules
