// SPDX-License-Identifier: Apache-2.0
#include "base/whole_io.hpp"

#include "base/fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

namespace base {
namespace {

tl::unexpected<Error> unreadable(const std::string& path) {
  const std::string why = errno_text(errno);
  return fail(ErrorKind::environment, fmt::format("cannot read {}: {}", path, why));
}

}  // namespace

bool write_all(int fd, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<PaddedBuffer> read_file_padded(const std::string& path) {
  const Fd file = open_file(path, O_RDONLY);
  if (!file) return unreadable(path);
  // One byte more than the file has shows its end; a file that grows is read on in pieces.
  constexpr std::size_t kPiece = 1 << 16;
  struct stat about = {};
  const bool sized = ::fstat(file.get(), &about) == 0 && about.st_size > 0;
  std::size_t piece = sized ? static_cast<std::size_t>(about.st_size) + 1 : kPiece;
  PaddedBuffer bytes;
  while (true) {
    const ssize_t count = ::read(file.get(), bytes.prepare(piece), piece);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(path);
    if (count == 0) return bytes;
    bytes.commit(static_cast<std::size_t>(count));
    const std::size_t rest = piece - static_cast<std::size_t>(count);
    piece = rest > 0 ? rest : kPiece;
  }
}

}  // namespace base
