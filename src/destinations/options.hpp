// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"

#include <chrono>
#include <string>

namespace destinations {

// What _fivetran_batch counts: contract §4.2, an open question there (`--assume batch=…`).
enum class BatchMode { per_sync, per_response };

// Which rows a table named in softDelete has marked: those not sent again since the sync began, or
// those not sent in the same response: contract §4.3, an open question (`--assume
// softdelete-cutoff=…`).
enum class SoftDeleteCutoff { sync_start, response };

struct OpenOptions {
  core::DeleteMode delete_mode = core::DeleteMode::hard;
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
};

}  // namespace destinations
