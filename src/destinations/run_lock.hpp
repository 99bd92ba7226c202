// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"

#include <chrono>
#include <string>

namespace destinations {

// What others are told that holds a lock: "process 7 on laptop (python:main.py:handler)".
std::string holder_text(const std::string& holder);

// Keeps other processes of ours out of a database file for as long as it lives: a lock of the
// operating system on a file beside it, which ends with the process however that dies. The file
// tells who holds it and is removed with the lock.
class RunLock {
 public:
  RunLock() = default;
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&& other) noexcept;
  ~RunLock();

  // Locks `path`. `what` is how messages call the database; `holder` is what others are told that
  // this process does. Waits up to `patience` for another holder, then fails (environment) and
  // names its process and what it does.
  static base::Result<RunLock> take(const std::string& path, const std::string& what,
                                    const std::string& holder, std::chrono::milliseconds patience);

 private:
  RunLock(base::Fd file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}
  void release() noexcept;

  base::Fd file_;
  std::string path_;
};

}  // namespace destinations
