// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/reporter.hpp"
#include "reporters/style.hpp"

#include <iosfwd>
#include <string>

namespace reporters {

struct HumanOptions {
  Style style;
  bool show_info = false;          // findings of severity info in full
  std::string destination_option;  // " --destination …" when it is not the default one, for hints
};

// The report for a person at a terminal: calls as they happen, a table of totals, the findings,
// where the data is.
class HumanReporter final : public core::Reporter {
 public:
  HumanReporter(std::ostream& out, HumanOptions options);
  void on_event(const core::Event& event) override;

  void operator()(const core::RunStarted& event);
  void operator()(const core::SyncStarted& event);
  void operator()(const core::CallStarted&) {}
  void operator()(const core::LogLine&) {}
  void operator()(const core::CallFinished& event);
  void operator()(const core::FindingRaised&) {}
  void operator()(const core::SyncFinished& event);
  void operator()(const core::RunFinished& event);
  void operator()(const core::Notice&) {}
  void operator()(const core::CellFinished&) {}

 private:
  std::size_t rows_width() const;
  std::size_t state_width() const;
  void print_tables(const core::Report& report);
  void print_widened(const core::Report& report);
  void print_findings(const core::Report& report);

  std::ostream& out_;
  HumanOptions options_;
};

}  // namespace reporters
