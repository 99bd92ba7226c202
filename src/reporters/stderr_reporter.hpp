// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/reporter.hpp"
#include "reporters/style.hpp"

#include <chrono>
#include <condition_variable>
#include <iosfwd>
#include <mutex>
#include <thread>

namespace reporters {

struct StderrOptions {
  Style style;
  bool logs = true;       // what the connector prints
  bool progress = false;  // a moving line while a call takes long; for terminals only
};

// What goes to stderr: the connector's own output, marked as such, notices, and, while a call runs
// for more than a second, a line that says which one and for how long.
class StderrReporter final : public core::Reporter {
 public:
  StderrReporter(std::ostream& err, StderrOptions options);
  ~StderrReporter() override;
  void on_event(const core::Event& event) override;

 private:
  void clear();
  void tick();

  std::ostream& err_;
  StderrOptions options_;
  std::mutex mutex_;  // guards all below and the stream
  std::condition_variable changed_;
  bool line_shown_ = false, ends_ = false;
  int call_ = 0;  // the call that runs, or 0
  std::chrono::steady_clock::time_point since_{};
  std::thread ticker_;
};

}  // namespace reporters
