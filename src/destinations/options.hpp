// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"
#include "protocol/naming.hpp"

#include <chrono>
#include <string>

namespace destinations {

// What _fivetran_batch counts: contract §4.2, an open question there (`--assume batch=…`).
enum class BatchMode { per_sync, per_response };

// Which rows a table named in softDelete has marked: those not sent again since the sync began, or
// those not sent in the same response: contract §4.3, an open question (`--assume
// softdelete-cutoff=…`).
enum class SoftDeleteCutoff { sync_start, response };

// What becomes of an insert row whose key is missing or null: it is left out and counted as
// rejected, or loaded with a null in its key: contract §4.1 (`--assume key-null=…`).
enum class NullKeys { reject, load };

// What another primary key does to a stored table: it is rebuilt under the new one, or the stored
// one stays in force: contract §4.1 (`--assume key-change=…`).
enum class KeyChange { rebuild, keep };

// Which of several rows with one key in a response stays: contract §4.1 (`--assume
// duplicate-winner=…`).
enum class DuplicateWinner { last, first };

// How a page becomes tables, columns and rows.
struct PlanOptions {
  core::DeleteMode delete_mode = core::DeleteMode::hard;
  protocol::Naming naming = protocol::Naming::fivetran;
  NullKeys null_keys = NullKeys::reject;
  KeyChange key_change = KeyChange::rebuild;
  DuplicateWinner duplicate_winner = DuplicateWinner::last;
};

struct OpenOptions : PlanOptions {
  BatchMode batch = BatchMode::per_sync;
  SoftDeleteCutoff cutoff = SoftDeleteCutoff::sync_start;
  // Nothing is made or changed; the destination must be there. For `tables`, `sql`, `diff` and
  // such.
  bool read_only = false;
  // The schema whose tables lie in the main file or have no prefix.
  std::string default_schema = "aws_lambda";
  // Whether to keep other runs out for as long as the destination is open; not when reading.
  bool lock = true;
  std::chrono::milliseconds lock_patience{2000};
  // What others are told that holds the lock: the target that runs.
  std::string holder = "fivetran-sim";
  // DuckDB's library; empty: it is looked for (duckdb_library.hpp).
  std::string duckdb_library;
  // With read_only: a schema that somebody else made is read all the same, for `diff`. DuckDB only.
  bool read_foreign = false;
};

}  // namespace destinations
