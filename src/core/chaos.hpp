// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core {

// What a fault did to the tables, by its worst effect. not_done: see ChaosCell::detail.
enum class ChaosVerdict { not_done, same, extra, changed, lost, endless };
std::string_view name(ChaosVerdict verdict);  // "same", …
std::string_view sign(ChaosVerdict verdict);  // "=", "+", "~", "-", "∞"; "·" where it was not done

// A way to disturb a sync.
struct ChaosFault {
  std::string name;   // "lost"
  std::string about;  // "the response is lost, the same state comes again"
  std::string rule;   // what a difference breaks: "RES-01"
};

// One sync that was disturbed, and how its tables differ from those of an undisturbed one.
struct ChaosCell {
  std::string fault;
  int page = 0;  // the call that was disturbed, or after which it was; 0: the sync as a whole
  ChaosVerdict verdict = ChaosVerdict::not_done;
  std::uint64_t extra = 0, lost = 0, changed = 0;  // rows
  std::string detail;                              // why it was not done, or how it does not end
  std::vector<std::string> rows;  // examples: "orders id=7: lost", the first kRows of each table
  static constexpr std::size_t kRows = 3;

  bool differs() const {
    return verdict != ChaosVerdict::same && verdict != ChaosVerdict::not_done;
  }
};
// "lost at page 3"; "resync" where it concerns the whole sync.
std::string place_of(const ChaosCell& cell);
// "2 rows lost, 1 row extra; no end after 29 calls"; empty for one that is the same.
std::string effect_of(const ChaosCell& cell);

// Page × fault: `chaos`.
struct ChaosMatrix {
  int pages_in_sync = 0;   // calls of the undisturbed sync
  std::vector<int> pages;  // those that were disturbed
  std::vector<ChaosFault> faults;
  std::vector<ChaosCell> cells;
  // "orders.fetched_at": left out of all comparisons, since it differs between undisturbed syncs or
  // because the user said so.
  std::vector<std::string> volatile_columns;
  std::vector<std::string> unjudged;  // tables that cannot be compared, each with the reason
  std::uint64_t calls = 0;            // made by this run
  std::uint64_t resumed = 0;          // cells that an earlier, interrupted run had done
  std::uint64_t seed = 0;
  bool complete = true;  // false: a limit or a signal ended it, the next run goes on
  int check = 0;         // of Report::checks, from 1; 0: of none of them
};

}  // namespace core
