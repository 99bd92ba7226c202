// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_line.hpp"

#include "base/terminal.hpp"
#include "base/text.hpp"

#include <unistd.h>

#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace cli {

using namespace std::chrono_literals;

ProgressLine::ProgressLine(std::string command, Rate rate, bool wanted)
    : command_(std::move(command)), rate_(rate), line_(STDERR_FILENO) {
  if (!wanted || !base::moves_cursor(STDERR_FILENO)) return;
  try {
    ticker_ = std::thread([this] { tick(); });
  } catch (const std::system_error&) {
    // Without a thread there is no line; the command does not need it.
  }
}

ProgressLine::~ProgressLine() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  if (ticker_.joinable()) ticker_.join();
}

void ProgressLine::tell(std::string what, std::uint64_t done) {
  const std::lock_guard lock(mutex_);
  what_ = std::move(what);
  done_ = done;
}

std::string ProgressLine::text(std::chrono::duration<double> passed) const {
  const std::string time = base::lasted(std::chrono::duration_cast<std::chrono::seconds>(passed));
  const auto per_second = static_cast<std::uint64_t>(static_cast<double>(done_) / passed.count());
  const std::string what = what_.empty() ? "" : what_ + ": ";
  if (rate_ == Rate::bytes)
    return fmt::format("  {}: {}{}, {}/s, {} …", command_, what, base::human_bytes(done_),
                       base::human_bytes(per_second), time);
  return fmt::format("  {}: {}{} row{}, {} rows/s, {} …", command_, what, base::human_count(done_),
                     done_ == 1 ? "" : "s", base::human_count(per_second), time);
}

void ProgressLine::tick() {
  std::unique_lock lock(mutex_);
  while (!ends_) {
    changed_.wait_for(lock, 250ms);
    const auto passed = std::chrono::steady_clock::now() - since_;
    if (!ends_ && passed >= 1s) line_.show(text(passed));
  }
  line_.clear();
}

}  // namespace cli
