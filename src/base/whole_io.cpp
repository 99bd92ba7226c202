// SPDX-License-Identifier: Apache-2.0
#include "base/whole_io.hpp"

#include "base/fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace base {
namespace {

tl::unexpected<Error> unreadable(const std::string& path) {
  const std::string why = errno_text(errno);
  return fail(ErrorKind::environment, fmt::format("cannot read {}: {}", path, why));
}

// As many bytes as there are, `size` at most; none: see errno.
std::optional<std::size_t> read_whole(int fd, char* to, std::size_t size) noexcept {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t count = ::read(fd, to + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
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

Result<std::optional<Hash128>> read_file_lines(const std::string& path,
                                               const std::function<bool(std::string_view)>& take) {
  constexpr std::size_t kPiece = std::size_t{1} << 18;
  static_assert(kPiece % 64 == 0, "what PieceHash wants");
  const Fd file = open_file(path, O_RDONLY);
  if (!file) return unreadable(path);
  struct stat about = {};
  if (::fstat(file.get(), &about) != 0) return unreadable(path);
  const auto size = static_cast<std::uint64_t>(about.st_size);
  PieceHash hash(size);
  std::string lines;
  std::size_t begun = 0;  // bytes of a line whose end was not read yet
  for (std::uint64_t left = size; left > 0;) {
    const std::size_t piece = static_cast<std::size_t>(std::min<std::uint64_t>(left, kPiece));
    if (lines.size() < begun + piece) lines.resize(begun + kPiece);
    const auto count = read_whole(file.get(), lines.data() + begun, piece);
    if (!count) return unreadable(path);
    if (*count < piece) return std::nullopt;
    const std::string_view read(lines.data() + begun, piece);
    hash.add(read);
    left -= piece;
    const std::size_t whole = left == 0 ? read.size() : read.rfind('\n') + 1;
    const std::size_t end = whole == 0 ? 0 : begun + whole;
    if (end > 0 && !take(std::string_view(lines.data(), end))) return std::nullopt;
    begun += piece - end;
    std::memmove(lines.data(), lines.data() + end, begun);
  }
  return hash.end();
}

}  // namespace base
