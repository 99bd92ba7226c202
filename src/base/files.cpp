// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"

#include "base/fd.hpp"
#include "base/whole_io.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

namespace base {

namespace {

tl::unexpected<Error> failed(std::string_view verb, const std::string& path) {
  const std::string why = last_os_error();
  return fail(ErrorKind::environment, fmt::format("cannot {} {}: {}", verb, path, why));
}

// What `path` leads to over links, so that a link is not replaced by a file.
std::string target_of(const std::string& path) {
  std::error_code error;
  const auto target = std::filesystem::canonical(path, error);
  return error ? path : target.string();
}

std::optional<struct stat> existing(const std::string& path) {
  struct stat about = {};
  return ::stat(path.c_str(), &about) == 0 ? std::optional(about) : std::nullopt;
}

// A new file beside `path`; its name is left in `name`.
Fd open_beside(const std::string& path, std::string& name) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    name = fmt::format("{}.{}-{}.tmp", path, ::getpid(), attempt);
    Fd file = open_file(name, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file || errno != EEXIST) return file;
  }
  return {};
}

// Makes the rename itself outlast a power cut. Some file systems cannot sync a folder; there this
// does nothing.
void sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Fd opened = open_file(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
  if (opened) ::fsync(opened.get());
}

Result<void> write_directly(const std::string& path, std::string_view bytes) {
  const Fd file = open_file(path, O_WRONLY);
  if (!file || !write_all(file.get(), bytes)) return failed("write", path);
  return {};
}

}  // namespace

std::string last_os_error() {
  return errno_text(errno);
}

Result<std::string> read_file(const std::string& path) {
  FSIM_ASSIGN(const PaddedBuffer bytes, read_file_padded(path));
  return std::string(bytes.view());
}

Result<void> write_file_atomically(const std::string& path, std::string_view bytes,
                                   Outlasts outlasts) {
  const std::string target = target_of(path);
  const auto before = existing(target);
  if (before && !S_ISREG(before->st_mode)) return write_directly(path, bytes);
  std::string beside;
  const Fd file = open_beside(target, beside);
  if (!file) return failed("write", path);
  const bool good = (!before || ::fchmod(file.get(), before->st_mode & 07777) == 0) &&
                    write_all(file.get(), bytes) &&
                    (outlasts == Outlasts::kill || ::fsync(file.get()) == 0) &&
                    ::rename(beside.c_str(), target.c_str()) == 0;
  if (!good) {
    const auto error = failed("write", path);
    ::unlink(beside.c_str());
    return error;
  }
  if (outlasts == Outlasts::power_cut) sync_folder_of(target);
  return {};
}

Result<void> make_private_dir(const std::string& path) {
  std::error_code error;
  const auto above = std::filesystem::path(path).parent_path();
  if (!above.empty()) std::filesystem::create_directories(above, error);
  if (error) {
    return fail(ErrorKind::environment,
                fmt::format("cannot make the folder {}: {}", path, errno_text(error.value())));
  }
  if (::mkdir(path.c_str(), 0700) == 0) return {};
  const int why = errno;
  const auto there = existing(path);
  if (there && S_ISDIR(there->st_mode)) return {};
  errno = why;
  return failed("make the folder", path);
}

}  // namespace base
