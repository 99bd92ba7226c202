// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/answer_watch.hpp"
#include "core/content_trace.hpp"
#include "core/load.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

using Digest = std::array<std::uint64_t, 2>;

// A loop of states that has come round: contract design STA-04.
struct Cycle {
  int period = 0;       // calls from a state to its return; 1: the state did not change
  bool proven = false;  // the same state gave the same response over a full second turn
};

// Finds a repeating state in constant memory (Brent's method: compare with one remembered state and
// move it forward at growing distances), and tells when a whole turn was answered alike twice.
class CycleWatch {
 public:
  // `state`: digest of the canonical state that this call was sent; `response`: of what it
  // answered. Returns the cycle when this call's state equals the remembered one.
  std::optional<Cycle> absorb(const Digest& state, const Digest& response);

 private:
  std::optional<Digest> remembered_;
  std::uint64_t since_ = 0, limit_ = 1;  // calls since it was remembered; when to remember anew
  Digest turn_{};                        // running digest of responses since the remembered state
  std::optional<Digest> last_turn_;
  std::uint64_t last_period_ = 0;
};

// What the rules may know about a table from earlier calls and syncs.
struct TableHistory {
  std::vector<std::string> primary_key;  // last declared or stored, source names; empty: none
  bool had_key = false;
  bool seen = false;                        // rows were loaded, in this or an earlier sync
  int soft_delete_calls = 0;                // calls of this sync that named it in softDelete
  std::uint64_t soft_marked_this_sync = 0;  // live rows that they marked
  std::uint64_t rows_this_sync = 0;
  std::uint64_t unchanged_this_sync = 0;
  std::uint64_t rows_before_sync = 0;
  std::uint64_t replaced_this_sync = 0;  // rows whose key an earlier page stored
  // Pages of this sync on which at least half of the rows had come before, unchanged, and others
  // were new; and how many such rows.
  int overlap_pages = 0;
  std::uint64_t overlap_rows = 0;
  ContentTrace content, content_before;  // of this sync and of the latest one that sent rows
  // By source name, as PageColumn::types has it: bit n, a value of ColumnType n was seen; 0: nulls
  // only.
  std::map<std::string, std::uint16_t, std::less<>> columns;
};

// What earlier calls and syncs of a connection leave for the rules. Its size depends on the number
// of tables and columns, never on the number of calls or rows.
struct History {
  int sync = 0;   // the sync that runs, from 1 (the connection's count)
  int calls = 0;  // calls of this sync that were answered and accepted
  State sync_start_state;
  // The latest states of this sync, oldest first, the one to be sent next last; at most
  // kRecentStates.
  std::vector<State> recent_states;
  bool historical = false;           // this sync started at {}
  int empty_in_a_row = 0;            // accepted empty responses with hasMore true, up to now
  std::uint64_t rows_this_sync = 0;  // insert and delete rows
  std::uint64_t rows_last_sync = 0;
  std::optional<State> last_sync_end_state;                 // of this or of an earlier process
  std::map<std::string, TableHistory, std::less<>> tables;  // by source name
  CycleWatch cycle;
  AnswerWatch answers;
  static constexpr std::size_t kRecentStates = 4;

  void begin_sync(int number, const State& start, bool historical_sync);
  // After a page was loaded.
  void absorb(const SyncResponse& response, const LoadFacts& load);
  void end_sync(const State& end);
};

}  // namespace core
