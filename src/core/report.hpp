// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chaos.hpp"
#include "core/check.hpp"
#include "core/determinism.hpp"
#include "core/finding.hpp"
#include "core/forecast.hpp"
#include "core/load.hpp"
#include "core/pardon.hpp"
#include "core/raw_response.hpp"
#include "core/time_spent.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

// stopped: by a limit or a signal of the user, everything loaded so far is consistent.
enum class Outcome { succeeded, failed, stopped };
std::string_view name(Outcome outcome);

// Exit codes, worst first in this precedence: 70 > 2 > 4 > 3 > 1 > 5 > 6 > 0 (design §2).
enum class ExitCode {
  ok = 0,
  findings = 1,
  usage = 2,
  connector_failed = 3,
  environment = 4,
  nothing_tested = 5,
  user_limit = 6,
  internal = 70,
  interrupted = 130,
  terminated = 143,
};

struct TableCount {
  std::string table;  // destination name
  std::uint64_t inserted = 0, deleted = 0, rejected = 0;
};

// A column that took a wider type because a page brought a value that did not fit.
struct WidenedColumn {
  std::string table, column;  // destination table, source column
  ColumnType from = ColumnType::none, to = ColumnType::none;
  int call = 0;         // within the sync
  std::string pointer;  // of the first value that caused it: "/insert/orders/17/total"
};

struct CallReport {
  int call = 0;
  bool setup_test = false;
  bool accepted = false;  // loaded and its state committed
  bool has_more = false;
  std::uint64_t request_bytes = 0, response_bytes = 0;
  std::optional<std::uint64_t> file_bytes;  // of the object in the bucket, in a sync through S3
  std::chrono::microseconds duration{0};
  std::vector<TableCount> rows;
  std::vector<WidenedColumn> widened;
  std::string state_before, state_after;  // JSON; equal when the call was not accepted
  FailureKind failure = FailureKind::none;
  std::string error;  // "<errorType> : <errorMessage>" as Fivetran shows it, when it failed
  // As RawResponse has them: empty, unset or 0 when not known.
  std::string request_id, executed_version;
  std::optional<std::chrono::microseconds> init_duration, billed_duration;
  std::uint64_t peak_memory_bytes = 0, memory_size_bytes = 0;
};

struct SyncReport {
  int sync = 0;  // the connection's count
  std::string sync_id;
  std::string kind;  // "historical", "incremental" or "setup test"
  Outcome outcome = Outcome::succeeded;
  std::string stopped_by;  // why it ended when hasMore was not false: "max-calls", "six hours", …
  std::vector<CallReport> calls;  // capped at kMaxCalls entries: the first ones; totals count all
  std::uint64_t call_count = 0;
  std::vector<TableCount> totals;
  std::vector<WidenedColumn> widened;  // a column at most once for each type that it took
  std::chrono::microseconds duration{0}, connector_time{0};
  std::optional<SyncTimes> times;  // where it went, when it was asked for
  std::string state;               // JSON at the end
  static constexpr std::size_t kMaxCalls = 100'000;
};

// A few stored rows of a table, to see what they look like. A null is `std::nullopt`.
struct TableSample {
  std::string table;  // destination name
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
};

// All that a command found out; every format is made from it.
struct Report {
  std::string command, target, destination;
  Outcome outcome = Outcome::succeeded;
  ExitCode exit_code = ExitCode::ok;
  bool strict = false;
  Severity fail_on = Severity::error;  // off: findings do not count
  std::uint64_t response_limit = 0;  // bytes of an answer that the platform hands on; 0: not known
  std::string error;                 // what of our own world ended the command early, or empty
  Source source;                     // of the connector
  std::vector<Check> checks;         // of a suite, in order; empty for a command without one
  std::vector<SyncReport> syncs;
  std::vector<Table> tables;
  std::vector<TableSample> samples;  // only where a format shows them
  std::vector<Finding> findings;
  std::vector<WaiverUse> waivers;
  std::optional<BaselineUse> baseline;
  std::vector<ChaosMatrix> chaos;  // one, or of a suite one for each target
  std::optional<Determinism> determinism;
  std::vector<Probe> probes;
  std::optional<Forecast> forecast;
};

}  // namespace core
