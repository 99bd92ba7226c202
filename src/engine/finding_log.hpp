// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "core/reporter.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace engine {

// Collects findings and folds repeats: one entry for each rule, table and subject holds the first
// occurrence, the evidence of the first three, and the count. Beyond kSubjects subjects of a rule
// and table the rest is folded into the first one, so memory depends on rules and tables only.
class FindingLog {
 public:
  explicit FindingLog(core::Reporter& reporter) : reporter_(reporter) {}

  // Tells the reporter each first occurrence and keeps the rest for the end.
  void add(std::vector<core::Finding> findings, int sync, int call);

  const std::vector<core::Finding>& findings() const noexcept { return findings_; }
  core::Severity worst() const noexcept;

 private:
  static constexpr std::uint64_t kOccurrencesShown = 3;
  static constexpr std::size_t kMostPlaces = 100;
  static constexpr std::size_t kSubjects = 20;

  struct Entry {
    std::size_t at = 0;  // in findings_
    std::uint64_t occurrences = 1;
  };
  // By subject; the entry of the first subject takes in those beyond kSubjects.
  struct Entries {
    std::map<std::string, Entry, std::less<>> by_subject;
    std::string first_subject;
  };
  // The entry that this finding belongs to, or null when it begins a new one.
  Entry* entry_of(const core::Finding& finding);
  static void add_place(core::Finding& first, const core::Finding& finding);

  core::Reporter& reporter_;
  std::vector<core::Finding> findings_;
  std::map<std::pair<std::string, std::string>, Entries> index_;  // by rule and table
};

}  // namespace engine
