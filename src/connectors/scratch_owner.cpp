// SPDX-License-Identifier: Apache-2.0
#include "connectors/scratch_owner.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

namespace connectors {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "fivetran-sim-";
constexpr const char* kMark = ".owner";

bool lock(const base::Fd& file) noexcept {
  while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
    if (errno != EINTR) return false;
  return true;
}

bool is_own_folder(const fs::path& path) noexcept {
  struct stat about = {};
  return ::lstat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode) &&
         about.st_uid == ::geteuid() && (about.st_mode & 077) == 0;
}

// Whoever holds the lock of the mark may remove the folder or go on to use it, nobody else.
void remove_if_orphaned(const fs::path& folder) {
  if (!is_own_folder(folder)) return;
  const base::Fd mark = base::open_file((folder / kMark).string(), O_RDWR | O_NOFOLLOW);
  if (!mark || !lock(mark)) return;
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

}  // namespace

std::optional<base::Fd> own_folder(const fs::path& folder) {
  const std::string path = (folder / kMark).string();
  base::Fd mark = base::open_file(path, O_RDWR | O_CREAT | O_EXCL, 0600);
  if (!mark) return mark;
  if (!lock(mark)) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    ::unlink(path.c_str());
    return base::Fd();
  }
  struct stat about = {};
  if (::fstat(mark.get(), &about) == 0 && about.st_nlink == 0) return std::nullopt;
  return mark;
}

void remove_orphaned(const fs::path& parent) {
  std::error_code error;
  for (fs::directory_iterator entry(parent, error), end; !error && entry != end;
       entry.increment(error))
    if (entry->path().filename().string().starts_with(kPrefix)) remove_if_orphaned(entry->path());
}

}  // namespace connectors
