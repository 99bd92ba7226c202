// SPDX-License-Identifier: Apache-2.0
#include "base/process_mark.hpp"

#include "base/process_proc.hpp"

#include <unistd.h>
#ifdef __linux__
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#endif

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>

#include <fmt/core.h>

namespace base {

std::string family_mark() {
  // The start tells apart who gets the same number later.
  return fmt::format("_FSIM_FAMILY={}-{}", getpid(), process_stat(getpid()).start_ticks);
}

#ifdef __linux__

namespace {

// An entry as getdents64(2) gives it; the name follows.
struct Entry {
  std::uint64_t inode;
  std::int64_t offset;
  unsigned short length;
  unsigned char type;
};
constexpr std::size_t kNameAt = 19;

// Whether `mark` is a whole entry of /proc/NAME/environ, read in pieces that overlap.
bool has_mark(const char* name, std::string_view mark) noexcept {
  char path[64] = "/proc/";
  if (std::strlen(name) > 20) return false;
  std::strcat(path, name);
  std::strcat(path, "/environ");
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  char bytes[16'384];
  std::size_t kept = 0;
  bool found = false;
  for (ssize_t got = 0; !found && (got = ::read(file, bytes + kept, sizeof bytes - kept)) > 0;) {
    const std::string_view text(bytes, kept + static_cast<std::size_t>(got));
    found = text.find(mark) != std::string_view::npos;
    kept = std::min(text.size(), mark.size());
    std::memmove(bytes, bytes + text.size() - kept, kept);
  }
  ::close(file);
  return found;
}

// One look at all processes; false when none had the mark.
bool kill_marked_once(std::string_view mark) noexcept {
  const int folder = ::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  bool any = false;
  alignas(Entry) char bytes[8192];
  for (long got = 0; (got = syscall(SYS_getdents64, folder, bytes, sizeof bytes)) > 0;) {
    for (long at = 0; at < got;) {
      Entry entry{};
      std::memcpy(&entry, bytes + at, kNameAt);
      const char* name = bytes + at + kNameAt;
      at += entry.length;
      const int pid = std::atoi(name);
      if (pid <= 0 || pid == getpid() || !has_mark(name, mark)) continue;
      ::kill(pid, SIGKILL);
      any = true;
    }
  }
  ::close(folder);
  return any;
}

}  // namespace

void kill_marked(std::string_view mark) noexcept {
  // Those that are being killed are seen until they are gone.
  constexpr int kMostRounds = 200;
  const timespec pause = {0, 5'000'000};
  for (int round = 0; round < kMostRounds && kill_marked_once(mark); ++round)
    nanosleep(&pause, nullptr);
}

#else

void kill_marked(std::string_view) noexcept {}

#endif

}  // namespace base
