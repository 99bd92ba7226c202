// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command_table.hpp"

#include <string>
#include <string_view>

namespace cli {

// The manual page fivetran-sim(1) in man(7)'s language. An option that several commands take is
// described once.
std::string man_page(const CommandTable& table, std::string_view version);

}  // namespace cli
