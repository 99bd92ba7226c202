// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

namespace base {

// How to turn a new process into a program. Everything is prepared beforehand, because between the
// split and the exec only async-signal-safe calls are allowed.
struct Launch {
  const char* path = nullptr;
  char* const* argv = nullptr;
  char* const* env = nullptr;
  const char* folder = nullptr;  // null: ours
  int input = -1;
  int output = -1;
  int errors = -1;
  int guard = -1;  // where the new group announces itself
};

struct Launched {
  enum class Step { started, process, folder, program };
  pid_t pid = -1;
  Step failed_at = Step::started;
  int error = 0;  // errno of the step that failed
};

// Starts the program as the leader of a new process group, with default signal handling and none of
// our other descriptors. On Linux it is killed when the calling *thread* ends before it, which also
// holds when this program is killed with SIGKILL; a thread that starts a program must outlive it.
Launched launch(const Launch& what) noexcept;

}  // namespace base
