// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"

#include <string>

namespace bench {

// A response of about 6 MB: rows of twelve columns with integers, decimals, a time stamp, texts, a
// nested object and a null. The keys begin with `first`.
std::string wide_page(std::uint64_t first = 1);

// The page read, as the engine would hand it to the rules and to a destination.
core::LoadBatch wide_batch(std::uint64_t first = 1);

}  // namespace bench
