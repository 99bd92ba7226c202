// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sync_response.hpp"

#include <string>
#include <string_view>

// Parts of a response that stand in the wrong place, or as text inside their place.
namespace rules {

// Where a key of the root stands instead, when the root lacks it: "/state/hasMore"; else empty.
std::string misplaced_at(const core::SyncResponse& response, std::string_view root_key);

// The unknown root key under which the whole response stands: {"response": {"state": …}}; else
// empty.
std::string_view nested_response(const core::SyncResponse& response);

// A JSON string whose text is a JSON object or array: it was serialised twice.
bool is_encoded_twice(const core::FieldFact& field);

}  // namespace rules
