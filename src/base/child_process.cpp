// SPDX-License-Identifier: Apache-2.0
#include "base/line_splitter.hpp"
#include "base/process.hpp"
#include "base/process_watch.hpp"

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include <fmt/core.h>

namespace base {

struct ChildProcess::Impl {
  Impl(LineSink line_sink, std::function<void(ExitStatus)> exit_sink, Bell wake)
      : on_line(std::move(line_sink)), on_exit(std::move(exit_sink)), bell(std::move(wake)) {}

  const LineSink on_line;
  const std::function<void(ExitStatus)> on_exit;
  const Bell bell;  // rung for a drain
  std::thread reader;
  pid_t pid = -1;

  mutable std::mutex mutex;  // guards what follows
  std::condition_variable changed;
  std::optional<Result<void>> started;
  Program* program = nullptr;  // lives on the reader's stack; null once reaped
  std::optional<ExitStatus> status;
  std::uint64_t drains_asked = 0;
  std::uint64_t drains_done = 0;

  void serve(const ProcessSpec& spec);
  void set_started(Result<void> result, Program* child);
  Result<void> wait_started();
  void follow(Program& child);
  std::uint64_t asked() const;
  void end_drains(std::uint64_t up_to);
};

namespace {

// Reads what is there, at most `kTurn` bytes; true when the pipe was emptied.
bool read_lines(Fd& pipe, LineSplitter& lines, const LineSink& sink) {
  constexpr std::size_t kTurn = 1u << 20;
  char bytes[64 << 10];
  std::size_t got = 0;
  for (std::size_t moved = 0; pipe && moved < kTurn; moved += got) {
    const ReadResult result = read_pipe(pipe.get(), bytes, sizeof bytes, got);
    if (result == ReadResult::closed) pipe.reset();
    if (result != ReadResult::more) return true;
    lines.feed({bytes, got}, sink);
  }
  return !pipe;
}

}  // namespace

// The whole life of the child. It is started here and not by the caller, because Linux ends a
// program together with the thread that started it.
void ChildProcess::Impl::serve(const ProcessSpec& spec) {
  auto spawned = spawn(spec, false);
  if (!spawned) return set_started(tl::unexpected<Error>(spawned.error()), nullptr);
  Program& child = **spawned;
  set_started({}, &child);  // `spec` may be gone from here on
  follow(child);
  child.kill();
  ExitStatus ended;
  {
    const std::lock_guard lock(mutex);
    program = nullptr;
    ended = child.reap(true);
    status = ended;
    drains_done = UINT64_MAX;
  }
  changed.notify_all();
  if (on_exit) on_exit(ended);
}

void ChildProcess::Impl::set_started(Result<void> result, Program* child) {
  const std::lock_guard lock(mutex);
  program = child;
  if (child != nullptr) pid = child->pid();
  started = std::move(result);
  changed.notify_all();
}

Result<void> ChildProcess::Impl::wait_started() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return started.has_value(); });
  return *started;
}

void ChildProcess::Impl::follow(Program& child) {
  ProgramWatch watch(child, &bell);
  LineSplitter output_lines;
  LineSplitter error_lines;
  while (!watch.finished()) {
    const ProgramWatch::Events events = watch.wait(SteadyTime::max());
    if (events.bell) bell.clear();
    const std::uint64_t drain = asked();
    // Both pipes, whatever the poll said: a drain waits for what was there when it was asked for.
    const bool output_empty = read_lines(child.output, output_lines, on_line);
    const bool errors_empty = read_lines(child.errors, error_lines, on_line);
    if (output_empty && errors_empty)
      end_drains(drain);
    else
      bell.ring();
  }
  output_lines.finish(on_line);
  error_lines.finish(on_line);
}

std::uint64_t ChildProcess::Impl::asked() const {
  const std::lock_guard lock(mutex);
  return drains_asked;
}

void ChildProcess::Impl::end_drains(std::uint64_t up_to) {
  const std::lock_guard lock(mutex);
  if (drains_done >= up_to) return;
  drains_done = up_to;
  changed.notify_all();
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const ProcessSpec& spec, LineSink on_line,
                                                          std::function<void(ExitStatus)> on_exit) {
  FSIM_ASSIGN(Bell bell, Bell::make());
  auto impl = std::make_unique<Impl>(std::move(on_line), std::move(on_exit), std::move(bell));
  try {
    impl->reader = std::thread([&impl = *impl, &spec] { impl.serve(spec); });
  } catch (const std::system_error& error) {
    return fail(ErrorKind::environment, fmt::format("cannot start a thread: {}", error.what()));
  }
  Result<void> started = impl->wait_started();
  if (!started) {
    impl->reader.join();
    return tl::unexpected<Error>(std::move(started).error());
  }
  return std::unique_ptr<ChildProcess>(new ChildProcess(std::move(impl)));
}

ChildProcess::ChildProcess(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

ChildProcess::~ChildProcess() {
  kill();
  impl_->reader.join();
}

pid_t ChildProcess::pid() const noexcept {
  return impl_->pid;
}

void ChildProcess::kill() noexcept {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->program != nullptr) impl_->program->kill();
}

void ChildProcess::pause() noexcept {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->program != nullptr) impl_->program->pause();
}

void ChildProcess::resume() noexcept {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->program != nullptr) impl_->program->resume();
}

std::optional<ExitStatus> ChildProcess::status() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->status;
}

void ChildProcess::drain(std::chrono::milliseconds limit) {
  std::unique_lock lock(impl_->mutex);
  if (impl_->status) return;
  const std::uint64_t mine = ++impl_->drains_asked;
  impl_->bell.ring();
  impl_->changed.wait_for(lock, limit, [&] { return impl_->drains_done >= mine; });
}

}  // namespace base
