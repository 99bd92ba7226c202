// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/status_line.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace cli {

// How far a command is that prints nothing before its end: once it takes more than a second, a
// moving line at the bottom of the terminal of stderr, gone at the end: "diff: orders: 120,000
// rows, 60,000 rows/s, 2s …". Where stderr is no terminal, nothing.
class ProgressLine {
 public:
  enum class Rate { rows, bytes };  // what the rate counts

  // `wanted`: as for a terminal only (--quiet wants none).
  ProgressLine(std::string command, Rate rate, bool wanted);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // What is being done and how much is done of all: "orders", 120'000.
  void tell(std::string what, std::uint64_t done);

 private:
  void tick();
  std::string text(std::chrono::duration<double> passed) const;

  const std::string command_;
  const Rate rate_;
  const std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
  base::StatusLine line_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::string what_;
  std::uint64_t done_ = 0;
  bool ends_ = false;
  std::thread ticker_;
};

}  // namespace cli
