// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>

namespace base {

// Runs one task at a time on a thread of its own, which begins with the first task and ends with
// the object. What a task wrote is seen by whoever waited for it.
class BackgroundTask {
 public:
  // Reading, writing or loading fewer bytes than this is done sooner than a thread is woken.
  static constexpr std::size_t kWorthwhileBytes = 65'536;

  BackgroundTask() = default;
  BackgroundTask(const BackgroundTask&) = delete;
  BackgroundTask& operator=(const BackgroundTask&) = delete;
  // Waits for a task that runs.
  ~BackgroundTask();

  // Starts a task; the one before has to have been waited for. Where the system gives no thread the
  // task is done before this returns.
  void start(std::function<Result<void>()> task);
  // Whether none runs.
  bool is_done();
  // Waits for the task that was started last and gives its result; success when there is none.
  Result<void> wait();

 private:
  bool start_thread();
  void work();

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::function<Result<void>()> task_;
  Result<void> result_;
  bool busy_ = false, ending_ = false;
  std::thread thread_;
};

}  // namespace base
