// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace base {

// What Linux tells about processes under /proc. Each function gives nothing (0, an empty list) for
// a process that is gone and on systems without /proc.

struct ProcessStat {
  char state = 0;                 // 'Z': ended, not yet reaped
  std::uint64_t start_ticks = 0;  // since boot
};

ProcessStat process_stat(pid_t pid);
std::vector<pid_t> children_of(pid_t pid);
// Children, their children and so on; without `pid` itself.
std::vector<pid_t> descendants_of(pid_t pid);
std::uint64_t resident_bytes(pid_t pid);
std::uint64_t peak_resident_bytes(pid_t pid);

}  // namespace base
