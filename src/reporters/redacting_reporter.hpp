// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"
#include "core/reporter.hpp"
#include "protocol/redactor.hpp"

namespace reporters {

// Takes secrets out of every text of an event before another reporter sees it: logs, states, error
// messages, evidence.
class RedactingReporter final : public core::Reporter {
 public:
  RedactingReporter(protocol::Redactor redactor, core::Reporter& next)
      : redact_(std::move(redactor)), next_(next) {}
  void on_event(const core::Event& event) override;

 private:
  protocol::Redactor redact_;
  core::Reporter& next_;
};

// The same for a finished report.
core::Report redacted(core::Report report, const protocol::Redactor& redact);

}  // namespace reporters
