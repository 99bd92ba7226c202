// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

// What a rule found, before the rule set adds what the catalogue knows and where it happened.
struct Draft {
  std::string table, pointer;
  std::string subject;                      // core::Finding::subject
  std::string message;                      // one sentence with the values
  std::vector<std::string> evidence;        // at most kEvidence occurrences, one or more lines each
  std::vector<core::Collision> collisions;  // core::Finding::collisions
  std::string fix;                          // empty: the catalogue's
  std::optional<core::Severity> severity;   // none: the catalogue's
  std::uint64_t count = 1;
  std::string about;  // column or field, where the pointer does not name it; no value of a row
  // The rule whose finding already tells this (one cause, one finding): shown only when that rule
  // is not selected. Whether the response is rejected does not depend on it.
  std::string_view told_by;
};
using Drafts = std::vector<Draft>;

inline constexpr std::size_t kEvidence = 3;

Draft draft(std::string_view table, std::string pointer, std::string message);

// Collects occurrences and folds those of one table and kind: the first gives pointer and message,
// the first three give the evidence, all are counted.
class Folded {
 public:
  // `kind` tells apart findings that must not be folded into each other: what they are about,
  // without a value of a row. Returns the draft that took it in.
  Draft& add(std::string_view kind, Draft draft);
  Drafts take() { return std::move(drafts_); }

 private:
  Drafts drafts_;
  std::vector<std::string> kinds_;  // of each draft
};

}  // namespace rules
