// SPDX-License-Identifier: Apache-2.0
#include "destinations/run_lock.hpp"

#include "base/whole_io.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr std::chrono::milliseconds kPause{50};

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "this machine";
}

// Whether `path` still is the file that `file` has open: a holder that ends removes it.
bool is_current(const base::Fd& file, const std::string& path) {
  struct stat open_file {
  }, named{};
  return fstat(file.get(), &open_file) == 0 && stat(path.c_str(), &named) == 0 &&
         open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev;
}

std::string read_holder(const base::Fd& file) {
  std::array<char, 1024> text{};
  const ssize_t size = pread(file.get(), text.data(), text.size(), 0);
  std::string holder(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return holder.empty() ? "another process" : holder;
}

bool write_holder(const base::Fd& file, const std::string& holder) {
  return ftruncate(file.get(), 0) == 0 && base::write_all(file.get(), holder_text(holder));
}

tl::unexpected<base::Error> failed(const std::string& what, const std::string& path) {
  return base::fail(base::ErrorKind::environment,
                    fmt::format("cannot lock {}: {}: {}", what, path, base::errno_text(errno)));
}

}  // namespace

std::string holder_text(const std::string& holder) {
  return fmt::format("process {} on {} ({})", getpid(), host_name(), holder);
}

RunLock::RunLock(RunLock&& other) noexcept
    : file_(std::move(other.file_)), path_(std::move(other.path_)) {}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
  if (this != &other) {
    release();
    file_ = std::move(other.file_);
    path_ = std::move(other.path_);
  }
  return *this;
}

RunLock::~RunLock() {
  release();
}

void RunLock::release() noexcept {
  if (!file_) return;
  // Removed while it is still locked: whoever waits for it then sees that it is gone and makes a
  // new one.
  unlink(path_.c_str());
  file_.reset();
}

base::Result<RunLock> RunLock::take(const std::string& path, const std::string& what,
                                    const std::string& holder, std::chrono::milliseconds patience) {
  constexpr unsigned kMode = 0644;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (true) {
    base::Fd file = base::open_file(path, O_RDWR | O_CREAT, kMode);
    if (!file) return failed(what, path);
    if (flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
      if (!is_current(file, path)) continue;
      if (!write_holder(file, holder)) return failed(what, path);
      return RunLock(std::move(file), path);
    }
    if (errno != EWOULDBLOCK && errno != EINTR) return failed(what, path);
    if (std::chrono::steady_clock::now() >= deadline)
      return base::fail(base::ErrorKind::environment,
                        fmt::format("cannot open {}: {} holds it (wait until it has ended, or "
                                    "choose another --schema or --destination)",
                                    what, read_holder(file)));
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace destinations
