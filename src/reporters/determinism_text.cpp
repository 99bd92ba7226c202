// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "reporters/cells.hpp"
#include "reporters/chaos_text.hpp"
#include "reporters/json_writer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace reporters {

std::string ignore_list(const core::Determinism& determinism) {
  JsonWriter ignored(false);
  ignored.begin_array();
  bool any = false;
  for (const core::AnswerDifference& difference : determinism.differences) {
    if (difference.order_only) continue;
    ignored.value(difference.pointer);
    any = true;
  }
  ignored.end_array();
  return any ? ignored.take() : "";
}

std::string determinism_text(const core::Determinism& determinism, const Style& style) {
  std::string text =
      wrapped(fmt::format("determinism: {} states sent again ({}): {}", determinism.states.size(),
                          fmt::join(determinism.tried, ", "),
                          determinism.differences.empty() ? "the same answer each time"
                                                          : "answers differ at"),
              2, style.width);
  for (const core::AnswerDifference& difference : determinism.differences) {
    text += wrapped(
        fmt::format("{}  {}{}: {} → {}", base::visible(difference.pointer),
                    fmt::join(difference.when, ", "), difference.order_only ? ", order only" : "",
                    cell_text(difference.first, 40), cell_text(difference.second, 40)),
        4, style.width);
  }
  const std::string ignored = ignore_list(determinism);
  if (!ignored.empty())
    text += fmt::format("  to ignore them: ignore-field = {}\n", base::visible(ignored));
  return text;
}

std::string probes_text(const std::vector<core::Probe>& probes, const Style& style) {
  std::string text;
  for (const core::Probe& probe : probes)
    text += wrapped(fmt::format("{}: {}", probe.name, probe.result), 2, style.width);
  return text;
}

}  // namespace reporters
