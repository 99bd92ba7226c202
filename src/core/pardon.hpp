// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core {

// Why a finding does not count: the user waived it, or a baseline knows it.
enum class Pardon : std::uint8_t { none, waived, known };
// "none", "waiver", "baseline".
std::string_view name(Pardon pardon);

// stale: it matched no finding. expired: its day is over, so its findings count again.
enum class WaiverFate : std::uint8_t { used, stale, expired };
std::string_view name(WaiverFate fate);

// A waiver of the user's, and what became of it in this run.
struct WaiverUse {
  std::string rule, slug;
  std::string table;    // a glob; empty: any
  std::string reason;   // may be empty
  std::string expires;  // its last day, "2027-03-01"; may be empty
  std::string origin;   // where it was given: "--waive", "fivetran-sim.toml:12"
  WaiverFate fate = WaiverFate::stale;
  std::uint64_t findings = 0;
};

// An entry of a baseline: a finding without the values that differ from run to run.
struct KnownFinding {
  std::string rule, table;
  std::string at;  // JSON pointer with * for indexes, then the column or field: "/insert/t/* id"
  std::string reason;
  std::string expires;  // as in a waiver

  friend bool operator==(const KnownFinding&, const KnownFinding&) = default;
};

// What a baseline did in this run.
struct BaselineUse {
  std::string file;
  bool written = false;     // by this run
  std::uint64_t known = 0;  // findings that it knows
  std::vector<KnownFinding> stale, expired;
};

}  // namespace core
