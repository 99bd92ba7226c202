// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"

#include "base/fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

namespace base {
namespace {

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::string last_os_error() {
  return errno_text(errno);
}

Result<std::string> read_file(const std::string& path) {
  const auto failed = [&path] {
    return fail(ErrorKind::environment, fmt::format("cannot read {}: {}", path, last_os_error()));
  };
  const Fd file = open_file(path, O_RDONLY);
  if (!file) return failed();
  std::string bytes;
  char block[64 * 1024];
  while (true) {
    const ssize_t count = ::read(file.get(), block, sizeof block);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed();
    if (count == 0) return bytes;
    bytes.append(block, static_cast<std::size_t>(count));
  }
}

Result<void> write_file_atomically(const std::string& path, std::string_view bytes) {
  std::string beside = path + ".XXXXXX";
  const auto failed = [&path](bool created, const std::string& temporary) {
    const std::string why = last_os_error();
    if (created) ::unlink(temporary.c_str());
    return fail(ErrorKind::environment, fmt::format("cannot write {}: {}", path, why));
  };
  Fd file(::mkostemp(beside.data(), O_CLOEXEC));
  if (!file) return failed(false, beside);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  const bool written = write_all(file.get(), bytes) && ::fchmod(file.get(), 0666 & ~mask) == 0 &&
                       ::fsync(file.get()) == 0 && ::rename(beside.c_str(), path.c_str()) == 0;
  if (!written) return failed(true, beside);
  return {};
}

}  // namespace base
