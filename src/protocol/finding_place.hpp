// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"

#include <string>
#include <vector>

namespace protocol {

// Where a finding was seen, without what differs from run to run: its pointer without indexes and
// what it is about, "/insert/orders/* insert id".
std::string place_of(const core::Finding& finding);

// All places of a folded finding; what a baseline and a fingerprint know it by.
std::vector<std::string> places_of(const core::Finding& finding);

}  // namespace protocol
