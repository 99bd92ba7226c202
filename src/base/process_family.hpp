// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <mutex>

namespace base {

// All programs that this process runs at the moment, and the processes that those started.

// Held while a program is started, reaped or while orphans are looked for, so that none of them
// takes another thread's program for an orphan.
std::mutex& family_mutex();

// Enters a program into the table that kill_all_children reads. False: the table is full.
bool register_child(pid_t pid) noexcept;
void unregister_child(pid_t pid) noexcept;

// Once per process: broken pipes give EPIPE instead of a signal, ended programs wait to be reaped
// even when our own parent ignored SIGCHLD, and on Linux orphans come to us instead of init.
void prepare_process() noexcept;

// Sends a signal to the group of `leader`, which must not have been reaped, and (Linux) to all its
// descendants.
void signal_family(pid_t leader, int signal);

// Reaps ended orphans of programs of ours. With `kill`, ends those that still run and began at
// `since` or later, which is how a grandchild that left its group is caught; but only while no
// other program runs, since an orphan does not tell whose it was. Linux only; elsewhere nothing.
void settle_orphans(std::uint64_t since, bool kill);

}  // namespace base
