// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_line.hpp"

#include "base/text.hpp"

#include <unistd.h>

#include <utility>

#include <fmt/format.h>

namespace cli {

using namespace std::chrono_literals;

ProgressLine::ProgressLine(std::string command, Rate rate, bool wanted)
    : command_(std::move(command)),
      rate_(rate),
      line_(STDERR_FILENO, wanted, [this](auto now) { return text(now); }) {}

void ProgressLine::tell(std::string what, std::uint64_t done) {
  const auto lock = line_.lock();
  what_ = std::move(what);
  done_ = done;
}

std::string ProgressLine::text(std::chrono::steady_clock::time_point now) const {
  const std::chrono::duration<double> passed = now - since_;
  if (passed < 1s) return {};
  const std::string time = base::lasted(std::chrono::duration_cast<std::chrono::seconds>(passed));
  const auto per_second = static_cast<std::uint64_t>(static_cast<double>(done_) / passed.count());
  const std::string what = what_.empty() ? "" : what_ + ": ";
  if (rate_ == Rate::bytes)
    return fmt::format("  {}: {}{}, {}/s, {} …", command_, what, base::human_bytes(done_),
                       base::human_bytes(per_second), time);
  return fmt::format("  {}: {}{} row{}, {} rows/s, {} …", command_, what, base::human_count(done_),
                     done_ == 1 ? "" : "s", base::human_count(per_second), time);
}

}  // namespace cli
