// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/reporter.hpp"

#include <iosfwd>

namespace reporters {

// One JSON object a line as things happen: run.start, sync.start, call.start, call.end, finding,
// log, notice, sync.end, chaos.cell, run.end. Each line is flushed.
class NdjsonReporter final : public core::Reporter {
 public:
  explicit NdjsonReporter(std::ostream& out) : out_(out) {}
  void on_event(const core::Event& event) override;

 private:
  std::ostream& out_;
};

}  // namespace reporters
