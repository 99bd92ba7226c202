// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/reporter.hpp"
#include "reporters/style.hpp"

#include <iosfwd>

namespace reporters {

struct StderrOptions {
  Style style;
  bool logs = true;       // what the connector prints
  bool progress = false;  // a moving line while a call runs; for terminals only
};

// What goes to stderr: the connector's own output, marked as such, notices, and while a call runs a
// line that says so.
class StderrReporter final : public core::Reporter {
 public:
  StderrReporter(std::ostream& err, StderrOptions options) : err_(err), options_(options) {}
  void on_event(const core::Event& event) override;

 private:
  void clear();

  std::ostream& err_;
  StderrOptions options_;
  bool line_shown_ = false;
};

}  // namespace reporters
