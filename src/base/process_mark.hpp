// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace base {

// A variable that every program we start finds in its environment and passes on to what it starts:
// "_FSIM_FAMILY=…", another one for each run of this program. So those are known even when they
// have left their process group, their session and their parent.
std::string family_mark();

// Kills every process with such a mark, until none is found; Linux only, elsewhere nothing. For the
// guard: async-signal-safe.
void kill_marked(std::string_view mark) noexcept;

}  // namespace base
