// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "core/report.hpp"

#include <string>
#include <vector>

namespace cli {

// What earlier runs left: .fivetran-sim/runs/ID/report.json in the project's folder. Identifiers
// are times, so their order is that of the runs.
struct StoredRun {
  std::string id;      // "20261126-023015.123-4242"
  std::string folder;  // of its files
};

// Keeps the report of a run, whose secrets have been taken out, and drops all but the last
// `args.keep_runs` of them; not of `run` into memory: or with --watch, which leave nothing behind.
// A folder appears as a whole. That nothing can be written here is no fault of the run: it is told
// once on stderr, where the data of the run is kept, and passed over where it is thrown away.
void keep_run(const Arguments& args, const core::Report& redacted);

// Oldest first.
std::vector<StoredRun> stored_runs(const Arguments& args);

// The run of that identifier, of a beginning that only it has, or "last". Error (usage): none, or
// several.
base::Result<StoredRun> find_run(const Arguments& args, const std::string& id);

base::Result<core::Report> read_run(const StoredRun& run);

}  // namespace cli
