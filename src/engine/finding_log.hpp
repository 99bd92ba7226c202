// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "core/reporter.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace engine {

// Collects findings and folds repeats: one entry for each rule and table holds the first
// occurrence, the evidence of the first three, and the count. Memory depends on rules and tables
// only.
class FindingLog {
 public:
  explicit FindingLog(core::Reporter& reporter) : reporter_(reporter) {}

  // Tells the reporter each first occurrence and keeps the rest for the end.
  void add(std::vector<core::Finding> findings, int sync, int call);

  const std::vector<core::Finding>& findings() const noexcept { return findings_; }
  core::Severity worst() const noexcept;

 private:
  static constexpr std::uint64_t kOccurrencesShown = 3;

  core::Reporter& reporter_;
  std::vector<core::Finding> findings_;
  std::map<std::pair<std::string, std::string>, std::pair<std::size_t, std::uint64_t>> index_;
};

}  // namespace engine
