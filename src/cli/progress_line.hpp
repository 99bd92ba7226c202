// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/moving_line.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace cli {

// How far a command is that prints nothing before its end: once it takes more than a second, a
// moving line at the bottom of the terminal of stderr, gone at the end: "diff: orders: 120,000
// rows, 60,000 rows/s, 2s …". Where stderr is no terminal, nothing.
class ProgressLine {
 public:
  enum class Rate { rows, bytes };  // what the rate counts

  // `wanted`: as for a terminal only (--quiet wants none).
  ProgressLine(std::string command, Rate rate, bool wanted);

  // What is being done and how much is done of all: "orders", 120'000.
  void tell(std::string what, std::uint64_t done);

 private:
  std::string text(std::chrono::steady_clock::time_point now) const;

  const std::string command_;
  const Rate rate_;
  const std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
  std::string what_;  // this and the next one under the line's lock
  std::uint64_t done_ = 0;
  base::MovingLine line_;
};

}  // namespace cli
