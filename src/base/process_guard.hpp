// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

namespace base {

// A small process beside us that knows the groups of all programs we run. When we end in whatever
// way, SIGKILL included, it kills those groups and ends too: Linux's parent-death signal reaches
// only the programs themselves, and what `npx` or a shell has started would live on (a Node runtime
// client without its host spins at 90 % of a core). What has left its group is known by
// family_mark().

// Starts the guard of this process unless it is there; without one, programs run unguarded.
void start_guard() noexcept;
// Not one of our programs, so nobody may take it for an orphan; 0: there is none.
pid_t guard_pid() noexcept;

// For the started program to announce itself before its exec; async-signal-safe.
int guard_socket() noexcept;  // -1: there is none
void announce_group(int guard_socket, pid_t group) noexcept;

// To be called before the leader is reaped: afterwards its number may belong to others.
void forget_group(pid_t group) noexcept;

}  // namespace base
