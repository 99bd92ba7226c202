// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace core {

// A place in the answers to one state that is not the same each time.
struct AnswerDifference {
  std::string pointer;            // with * for indexes: "/insert/orders/*/fetched_at"
  std::vector<std::string> when;  // "warm", "cold", "time zone and locale", "reordered state"
  std::string first, second;      // as JSON, shortened
  bool order_only = false;        // the same elements in another order
  std::uint64_t count = 0;        // places behind the pointer
};

// The same states sent again: warm and cold, reordered, under another time zone and locale.
struct Determinism {
  std::vector<std::string> states;  // those that were sent, "after page 3"
  std::vector<std::string> tried;   // ways of sending
  std::vector<AnswerDifference> differences;
  std::uint64_t calls = 0;
};

// A question put to the connector beside the faults, and its answer in a few words.
struct Probe {
  std::string name, result;
};

}  // namespace core
