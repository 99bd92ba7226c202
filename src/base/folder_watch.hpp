// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"

#include <chrono>
#include <set>
#include <string>

namespace base {

// Notices that something changes in some folders: files written, made, moved or removed. By inotify
// on Linux; elsewhere, and where a folder cannot be watched, every wait takes its whole time.
class FolderWatch {
 public:
  explicit FolderWatch(const std::set<std::string>& folders);

  // Waits until something has changed since the wait before, at most `limit`. A signal ends it
  // early.
  void wait(std::chrono::milliseconds limit);

 private:
  Fd notes_;
};

}  // namespace base
