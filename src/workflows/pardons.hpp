// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/report.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace workflows {

// Known findings in a file of the repository: docs/baseline.schema.json.
struct Baseline {
  std::string file;
  std::vector<core::KnownFinding> findings;
  bool rewrite = false;  // this run's findings become the known ones
};

// Error (usage): it cannot be read, or is no baseline; the message names the place.
base::Result<std::vector<core::KnownFinding>> read_baseline(const std::string& path);
// The text of the file: sorted, one finding a line, the same for the same findings.
std::string baseline_text(std::vector<core::KnownFinding> findings);

// Which findings do not count: those that the user waived by rule and table, and those that a
// baseline knows by rule, table and place. Waivers come first.
class Pardons {
 public:
  // `today` is "2026-11-25", in UTC; an expiry day still holds. `redact` takes secrets out of what
  // a baseline is compared with and made of.
  Pardons(std::vector<core::WaiverUse> waivers, std::optional<Baseline> baseline, std::string today,
          std::function<std::string(std::string_view)> redact);

  // Marks one finding as it comes.
  void mark(core::Finding& finding) const;
  // Marks all findings of a run and notes in the report what became of each waiver and of the
  // baseline. A baseline that is to be rewritten takes in every open finding of severity
  // `from_severity` and more; entries that it keeps keep their reason.
  void conclude(core::Report& report, core::Severity from_severity);

  // Whether the baseline's file has to be written, and with what: after `conclude`.
  const Baseline* to_write() const;

 private:
  bool matches(const core::WaiverUse& waiver, const core::Finding& finding) const;
  bool is_over(const std::string& expires) const { return !expires.empty() && expires < today_; }
  std::vector<core::KnownFinding> places(const core::Finding& finding) const;
  const core::KnownFinding* entry(const core::KnownFinding& place) const;
  void take_in(const core::Report& report, core::Severity from_severity);
  core::BaselineUse baseline_use(const core::Report& report) const;

  std::vector<core::WaiverUse> waivers_;
  std::optional<Baseline> baseline_;
  std::string today_;
  std::function<std::string(std::string_view)> redact_;
};

}  // namespace workflows
