// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace base {

// SIGINT and SIGTERM from here on: the first is only noted, so that the running call can end and
// its page be committed; the second kills all children and ends the program at once with 130 or
// 143. SIGPIPE is ignored: a closed pipe shows as a write error. Call it once, before any thread
// starts.
void watch_interrupts();

// The signal that came (SIGINT or SIGTERM), or 0.
int interrupt_signal() noexcept;

}  // namespace base
