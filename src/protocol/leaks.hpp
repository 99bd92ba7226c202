// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/leak.hpp"
#include "core/sync_response.hpp"
#include "protocol/redactor.hpp"

#include <string_view>
#include <vector>

namespace protocol {

// Watched secrets anywhere in an answer, and credentials that their form gives away: everywhere the
// forms that nothing else has, in the state also what is assigned to a telling name, in an
// errorMessage also URLs with a password and the like. Folded by secret, form, place and table; at
// most kMostLeaks occurrences are looked at.
std::vector<core::Leak> leaks_in(const core::SyncResponse& response, const SecretSearch& watched);
inline constexpr std::size_t kMostLeaks = 1'000;

// The same for a text: a log line, the error of a failed call.
std::vector<core::Leak> leaks_in(std::string_view text, core::LeakPlace place,
                                 const SecretSearch& watched);

// Adds to `all`, folding.
void add_leaks(std::vector<core::Leak>& all, std::vector<core::Leak> more);

}  // namespace protocol
