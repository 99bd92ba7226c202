// SPDX-License-Identifier: Apache-2.0
#include "base/folder_watch.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>

#ifdef __linux__
#include <sys/inotify.h>
#endif

namespace base {

FolderWatch::FolderWatch(const std::set<std::string>& folders) {
#ifdef __linux__
  notes_ = Fd(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  for (const std::string& folder : folders)
    if (notes_.get() >= 0)
      inotify_add_watch(
          notes_.get(), folder.c_str(),
          IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB);
#else
  static_cast<void>(folders);
#endif
}

void FolderWatch::wait(std::chrono::milliseconds limit) {
  pollfd watched{notes_.get(), POLLIN, 0};  // a negative descriptor is passed over: it just waits
  if (poll(&watched, 1, static_cast<int>(limit.count())) <= 0) return;
  std::array<char, 4096> notes;
  while (read(notes_.get(), notes.data(), notes.size()) > 0) {
  }
}

}  // namespace base
