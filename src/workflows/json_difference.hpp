// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace workflows {

// Called for each place at which two JSON texts differ: its pointer and the two values, either
// empty where it is not there. `order_only`: two arrays hold the same elements in another order.
using OnDifference = std::function<void(const std::string& pointer, std::string_view a,
                                        std::string_view b, bool order_only)>;

// The order of keys does not matter, that of elements does; numbers differ when their digits do.
// What is no JSON is compared as text.
void compare_json(std::string_view a, std::string_view b, const OnDifference& on_difference);

}  // namespace workflows
