// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sync_response.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace core {

// Calls in a row that were sent different states and yet gave the same rows.
struct SameRows {
  int first_call = 0, calls = 0;
  std::uint64_t rows = 0;  // of each answer; never 0 in a run of calls
};

// Calls in a row that each returned a larger state than they were sent.
struct StateGrowth {
  int calls = 0;
  std::size_t from = 0, to = 0;  // bytes
};

// Finds the longest of such runs in a sync, in constant memory.
class AnswerWatch {
 public:
  void absorb(int call, std::string_view sent_state, const SyncResponse& response);
  const SameRows& same_rows() const noexcept { return longest_same_; }
  const StateGrowth& growth() const noexcept { return longest_growth_; }

 private:
  void absorb_rows(int call, std::string_view sent_state, const SyncResponse& response);

  SameRows same_, longest_same_;
  StateGrowth growth_, longest_growth_;
  std::uint64_t last_rows_ = 0, last_state_ = 0;  // hashes
};

}  // namespace core
