// SPDX-License-Identifier: Apache-2.0
#include "base/fd.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <system_error>

#include <fmt/core.h>

namespace base {

namespace {

bool open_pipe(int (&ends)[2]) {
#ifdef __linux__
  return pipe2(ends, O_CLOEXEC) == 0;
#else
  if (pipe(ends) != 0) return false;
  for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
  return true;
#endif
}

// Moves a descriptor above the standard three.
Fd above_standard(Fd fd) {
  if (fd.get() > STDERR_FILENO) return fd;
  return Fd(fcntl(fd.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

}  // namespace

void Fd::reset(int fd) noexcept {
  // Not repeated on EINTR: Linux has closed it by then, and another thread may hold the number.
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
}

Fd open_file(const std::string& path, int flags, unsigned mode) {
  while (true) {
    Fd fd(::open(path.c_str(), flags | O_CLOEXEC, static_cast<mode_t>(mode)));
    if (fd) return above_standard(std::move(fd));
    if (errno != EINTR) return fd;
  }
}

Result<Pipe> make_pipe() {
  int ends[2] = {-1, -1};
  Pipe pipe;
  if (open_pipe(ends)) pipe = {above_standard(Fd(ends[0])), above_standard(Fd(ends[1]))};
  if (!pipe.read || !pipe.write) {
    return fail(ErrorKind::environment, fmt::format("cannot make a pipe: {} (ulimit -n shows how "
                                                    "many open files are allowed)",
                                                    errno_text(errno)));
  }
  return pipe;
}

void set_nonblocking(int fd) noexcept {
  const int flags = fcntl(fd, F_GETFL);
  if (flags >= 0) fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

Result<Bell> Bell::make() {
  FSIM_ASSIGN(Pipe pipe, make_pipe());
  set_nonblocking(pipe.read.get());
  set_nonblocking(pipe.write.get());
  return Bell(std::move(pipe));
}

void Bell::ring() const noexcept {
  const int saved = errno;
  const char byte = 1;
  // A full pipe is a bell that rings already.
  while (::write(pipe_.write.get(), &byte, 1) < 0 && errno == EINTR) {
  }
  errno = saved;
}

void Bell::clear() const noexcept {
  char bytes[64];
  while (true) {
    const ssize_t got = ::read(pipe_.read.get(), bytes, sizeof bytes);
    if (got == 0 || (got < 0 && errno != EINTR)) return;
  }
}

std::string errno_text(int error) {
  std::string text = std::generic_category().message(error);
  if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  return text;
}

}  // namespace base
