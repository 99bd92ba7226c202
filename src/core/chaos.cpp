// SPDX-License-Identifier: Apache-2.0
#include "core/chaos.hpp"

#include "base/text.hpp"

namespace core {

std::string_view name(ChaosVerdict verdict) {
  switch (verdict) {
    case ChaosVerdict::not_done: return "not done";
    case ChaosVerdict::same: return "same";
    case ChaosVerdict::extra: return "extra";
    case ChaosVerdict::changed: return "changed";
    case ChaosVerdict::lost: return "lost";
    case ChaosVerdict::endless: return "endless";
  }
  return "";
}

std::string_view sign(ChaosVerdict verdict) {
  switch (verdict) {
    case ChaosVerdict::not_done: return "·";
    case ChaosVerdict::same: return "=";
    case ChaosVerdict::extra: return "+";
    case ChaosVerdict::changed: return "~";
    case ChaosVerdict::lost: return "-";
    case ChaosVerdict::endless: return "∞";
  }
  return "";
}

std::string place_of(const ChaosCell& cell) {
  return cell.page == 0 ? cell.fault : cell.fault + " at page " + std::to_string(cell.page);
}

std::string effect_of(const ChaosCell& cell) {
  std::string text;
  const auto add = [&text](std::uint64_t rows, std::string_view what) {
    if (rows == 0) return;
    text.append(text.empty() ? "" : ", ").append(base::human_count(rows));
    text.append(rows == 1 ? " row " : " rows ").append(what);
  };
  add(cell.lost, "lost");
  add(cell.extra, "extra");
  add(cell.changed, "changed");
  if (!cell.detail.empty()) text.append(text.empty() ? "" : "; ").append(cell.detail);
  return text;
}

}  // namespace core
