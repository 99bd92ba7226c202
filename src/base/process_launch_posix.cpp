// SPDX-License-Identifier: Apache-2.0
#include "base/process_guard.hpp"
#include "base/process_launch.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>

#include <cerrno>

namespace base {

// For systems without a parent-death signal (macOS), where the guard alone ends the programs of a
// simulator that was killed with SIGKILL.

namespace {

struct Recipe {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  Recipe() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }
  ~Recipe() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  Recipe(const Recipe&) = delete;
  Recipe& operator=(const Recipe&) = delete;
};

void set_attributes(posix_spawnattr_t* attributes) {
  short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  sigset_t all;
  sigset_t none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawnattr_setpgroup(attributes, 0);
  posix_spawnattr_setsigdefault(attributes, &all);
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setflags(attributes, flags);
}

bool is_folder(const char* path) {
  struct stat about = {};
  return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

}  // namespace

Launched launch(const Launch& what) noexcept {
  Launched outcome;
  if (what.folder != nullptr && !is_folder(what.folder)) {
    outcome.failed_at = Launched::Step::folder;
    outcome.error = ENOENT;
    return outcome;
  }
  Recipe recipe;
  set_attributes(&recipe.attributes);
  posix_spawn_file_actions_adddup2(&recipe.files, what.input, 0);
  posix_spawn_file_actions_adddup2(&recipe.files, what.output, 1);
  posix_spawn_file_actions_adddup2(&recipe.files, what.errors, 2);
  if (what.folder != nullptr) posix_spawn_file_actions_addchdir_np(&recipe.files, what.folder);
  outcome.error =
      posix_spawn(&outcome.pid, what.path, &recipe.files, &recipe.attributes, what.argv, what.env);
  if (outcome.error != 0) {
    const bool no_process = outcome.error == EAGAIN || outcome.error == ENOMEM;
    outcome.failed_at = no_process ? Launched::Step::process : Launched::Step::program;
  } else {
    announce_group(what.guard, outcome.pid);
  }
  return outcome;
}

}  // namespace base
