// SPDX-License-Identifier: Apache-2.0
#include "reporters/html_anchors.hpp"

#include <fmt/format.h>

namespace reporters {

std::string HtmlAnchors::sync(std::size_t index) {
  return fmt::format("s{}", index + 1);
}

std::string HtmlAnchors::call(std::size_t index, int call) {
  return fmt::format("s{}c{}", index + 1, call);
}

std::string HtmlAnchors::finding(std::size_t index) {
  return fmt::format("f{}", index + 1);
}

bool HtmlAnchors::shown(const core::SyncReport& sync, std::size_t position) {
  return sync.calls.size() <= kFirst + kLast || position < kFirst ||
         position >= sync.calls.size() - kLast;
}

HtmlAnchors::HtmlAnchors(const core::Report& report) {
  for (std::size_t s = 0; s < report.syncs.size(); ++s) {
    const core::SyncReport& one = report.syncs[s];
    const int number = one.kind == "setup test" ? 0 : one.sync;
    for (std::size_t c = 0; c < one.calls.size(); ++c)
      if (shown(one, c)) calls_[{number, one.calls[c].call}].push_back(call(s, one.calls[c].call));
  }
  for (std::size_t f = 0; f < report.findings.size(); ++f)
    if (const std::string anchor = call_of(report.findings[f]); !anchor.empty())
      findings_[anchor].push_back(f);
}

std::string HtmlAnchors::call_of(const core::Finding& finding) const {
  const auto found = calls_.find({finding.sync, finding.call});
  return found == calls_.end() || found->second.size() != 1 ? "" : found->second.front();
}

std::vector<std::size_t> HtmlAnchors::findings_of(std::size_t sync_index, int number) const {
  const auto found = findings_.find(call(sync_index, number));
  return found == findings_.end() ? std::vector<std::size_t>{} : found->second;
}

}  // namespace reporters
