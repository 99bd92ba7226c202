// SPDX-License-Identifier: Apache-2.0
#include "base/background_task.hpp"

#include <system_error>
#include <utility>

namespace base {

BackgroundTask::~BackgroundTask() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void BackgroundTask::start(std::function<Result<void>()> task) {
  if (!thread_.joinable() && !start_thread()) {
    result_ = task();
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    task_ = std::move(task);
    busy_ = true;
  }
  changed_.notify_all();
}

bool BackgroundTask::start_thread() {
  try {
    thread_ = std::thread([this] { work(); });
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

bool BackgroundTask::is_done() {
  const std::lock_guard lock(mutex_);
  return !busy_;
}

Result<void> BackgroundTask::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !busy_; });
  return std::exchange(result_, {});
}

void BackgroundTask::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return busy_ || ending_; });
    if (!busy_) return;
    const auto task = std::exchange(task_, nullptr);
    lock.unlock();
    Result<void> result = task();
    lock.lock();
    result_ = std::move(result);
    busy_ = false;
    changed_.notify_all();
  }
}

}  // namespace base
