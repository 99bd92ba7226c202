// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <utility>

namespace base {

// Owns one file descriptor and closes it. All descriptors that base opens are close-on-exec, so
// that no program we start inherits them.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) noexcept : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    reset(std::exchange(other.fd_, -1));
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }

  int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }
  void reset(int fd = -1) noexcept;
  int release() noexcept { return std::exchange(fd_, -1); }

 private:
  int fd_ = -1;
};

struct Pipe {
  Fd read;
  Fd write;
};

// open(2) with close-on-exec, repeated on EINTR, never 0, 1 or 2. Not set on failure; see errno.
Fd open_file(const std::string& path, int flags, unsigned mode = 0);

// A pipe whose ends are close-on-exec and never 0, 1 or 2, so that a child can move them there.
Result<Pipe> make_pipe();

// Later reads and writes return at once with EAGAIN instead of waiting.
void set_nonblocking(int fd) noexcept;

// Wakes a thread that polls: any thread, also a signal handler, calls `ring`; the poller waits for
// `fd` to become readable and calls `clear`.
class Bell {
 public:
  static Result<Bell> make();
  int fd() const noexcept { return pipe_.read.get(); }
  void ring() const noexcept;  // async-signal-safe
  void clear() const noexcept;

 private:
  explicit Bell(Pipe pipe) : pipe_(std::move(pipe)) {}
  Pipe pipe_;
};

// The system's words for an errno value, in lower case: "no such file or directory".
std::string errno_text(int error);

}  // namespace base
