// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace reporters {

// The links of the page between findings and calls.
class HtmlAnchors {
 public:
  explicit HtmlAnchors(const core::Report& report);

  // "s1" of the sync at `index` in the report.
  static std::string sync(std::size_t index);
  // "s1c17".
  static std::string call(std::size_t index, int call);
  // "f3" of the finding at `index` in the report.
  static std::string finding(std::size_t index);

  // Whether a call of a sync has a row in the page: of a very long sync the first and the last.
  static bool shown(const core::SyncReport& sync, std::size_t position);

  // The anchor of the call that a finding names; empty when it has no row or several could be
  // meant.
  std::string call_of(const core::Finding& finding) const;
  // The findings that were first seen in a call, as indexes into the report.
  std::vector<std::size_t> findings_of(std::size_t sync_index, int call) const;

  static constexpr std::size_t kFirst = 9'500, kLast = 500;

 private:
  std::map<std::pair<int, int>, std::vector<std::string>> calls_;  // (sync, call)
  std::map<std::string, std::vector<std::size_t>> findings_;       // by anchor of the call
};

}  // namespace reporters
