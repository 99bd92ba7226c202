// SPDX-License-Identifier: Apache-2.0
#include "reporters/checks_text.hpp"

#include "base/text.hpp"
#include "reporters/cells.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace reporters {
namespace {

std::string mark(core::CheckOutcome outcome, const Style& style) {
  switch (outcome) {
    case core::CheckOutcome::passed: return style.green("ok     ");
    case core::CheckOutcome::failed: return style.red("failed ");
    case core::CheckOutcome::skipped: return style.dim("skipped");
  }
  return "";
}

}  // namespace

std::string checks_text(const std::vector<core::Check>& checks, const Style& style) {
  constexpr std::size_t kBefore = 11;  // two blanks, the mark, two blanks
  const bool several = std::ranges::any_of(
      checks, [&](const core::Check& check) { return check.target != checks.front().target; });
  std::string out;
  const std::string* target = nullptr;
  for (const core::Check& check : checks) {
    if (several && (target == nullptr || *target != check.target))
      out += style.bold(cell_text(check.target, style.width)) + "\n";
    target = &check.target;
    std::string text = check.name;
    if (!check.detail.empty()) text += ": " + check.detail;
    out += fmt::format("  {}  {}", mark(check.outcome, style),
                       wrapped(text, kBefore, style.width).substr(kBefore));
  }
  return out;
}

}  // namespace reporters
