// SPDX-License-Identifier: Apache-2.0
#include "base/process_watch.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace base {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// How long a grandchild may hold the pipes of a program that has ended.
constexpr milliseconds kGrace{250};
// How long the pipes may take to close once their holders are killed.
constexpr milliseconds kCutGrace{100};
constexpr milliseconds kLookInterval{50};

int poll_timeout(SteadyTime until, SteadyTime now) {
  constexpr milliseconds kLongest{60'000};
  if (until <= now) return 0;
  const auto wait = std::chrono::ceil<milliseconds>(std::min<SteadyTime::duration>(
      until - now, std::chrono::duration_cast<SteadyTime::duration>(kLongest)));
  return static_cast<int>(wait.count());
}

}  // namespace

ProgramWatch::Events ProgramWatch::wait(SteadyTime deadline) {
  enum { kInput, kOutput, kErrors, kEnd, kBell, kCount };
  std::array<pollfd, kCount> fds{};
  fds[kInput] = {program_.input.get(), POLLOUT, 0};
  fds[kOutput] = {program_.output.get(), POLLIN, 0};
  fds[kErrors] = {program_.errors.get(), POLLIN, 0};
  fds[kEnd] = {ended() ? -1 : program_.exit_fd(), POLLIN, 0};
  fds[kBell] = {bell_ != nullptr ? bell_->fd() : -1, POLLIN, 0};
  const int timeout = poll_timeout(next_wake(deadline), steady_clock::now());
  const int ready = poll(fds.data(), fds.size(), timeout);
  const SteadyTime now = steady_clock::now();
  Events events;
  if (ready > 0) {
    events.input = fds[kInput].revents != 0;
    events.output = fds[kOutput].revents != 0;
    events.errors = fds[kErrors].revents != 0;
    events.bell = fds[kBell].revents != 0;
    if (fds[kEnd].revents != 0) note_end(now);
  }
  advance(now, !events.output && !events.errors);
  look_at_memory(now);
  return events;
}

bool ProgramWatch::finished() const noexcept {
  return phase_ == Phase::given_up || (ended() && !program_.output && !program_.errors);
}

SteadyTime ProgramWatch::next_wake(SteadyTime deadline) const {
  return std::min(deadline, ended() ? phase_limit_ : next_look_);
}

void ProgramWatch::note_end(SteadyTime now) {
  program_.input.reset();  // nobody is left to read it
  phase_ = Phase::ended;
  phase_limit_ = now + kGrace;
}

void ProgramWatch::advance(SteadyTime now, bool quiet) {
  if (!ended() || now < phase_limit_) return;
  if (phase_ == Phase::ended) {
    program_.kill();
    phase_ = Phase::cut;
    phase_limit_ = now + kCutGrace;
  } else if (quiet) {
    phase_ = Phase::given_up;
  }
}

// The first looks follow each other fast, so that a program of some milliseconds is seen too.
void ProgramWatch::look_at_memory(SteadyTime now) {
  if (ended() || now < next_look_) return;
  program_.look_at_memory();
  next_look_ = now + look_interval_;
  look_interval_ = std::min(look_interval_ * 2, kLookInterval);
}

ReadResult read_pipe(int fd, char* to, std::size_t size, std::size_t& got) noexcept {
  got = 0;
  while (true) {
    const ssize_t count = ::read(fd, to, size);
    if (count > 0) {
      got = static_cast<std::size_t>(count);
      return ReadResult::more;
    }
    if (count == 0) return ReadResult::closed;
    if (errno == EINTR) continue;
    return errno == EAGAIN || errno == EWOULDBLOCK ? ReadResult::drained : ReadResult::closed;
  }
}

}  // namespace base
