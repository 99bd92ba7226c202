// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/moving_line.hpp"
#include "core/reporter.hpp"
#include "reporters/style.hpp"

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>

namespace reporters {

struct StderrOptions {
  Style style;
  bool logs = true;       // what the connector prints
  bool progress = false;  // a moving line while it takes long; for terminals only
};

// What goes to stderr: the connector's own output, marked as such, notices, and, once a sync runs
// for more than a second, a line at the bottom that says how far it is: calls, rows, rows a second,
// the time so far and what the running call has taken; for `check` responses instead of calls. It
// is gone before anybody else writes, so this reporter has to hear of an event before those that
// share the terminal.
class StderrReporter final : public core::Reporter {
 public:
  StderrReporter(std::ostream& err, StderrOptions options);
  void on_event(const core::Event& event) override;

 private:
  void note(const core::Event& event);
  std::string line(std::chrono::steady_clock::time_point now) const;
  std::string progress(std::chrono::steady_clock::time_point now) const;

  std::ostream& err_;
  StderrOptions options_;
  // All below and the stream are used under the line's lock.
  bool judges_documents_ = false;       // `check`: responses without calls and syncs
  int sync_ = 0, call_ = 0;             // the sync and the call that run, or 0
  std::uint64_t calls_ = 0, rows_ = 0;  // of the sync, so far
  std::chrono::steady_clock::time_point sync_since_{}, call_since_{}, quiet_since_{};
  base::MovingLine line_;
};

}  // namespace reporters
