// SPDX-License-Identifier: Apache-2.0
#include "core/chaos.hpp"

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

}  // namespace core
