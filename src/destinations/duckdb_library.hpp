// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "destinations/duckdb_api.hpp"

#include <string>

namespace destinations {

// DuckDB's library, opened once for the life of the process. `path` is where the user says it lies;
// when empty it is looked for beside this program and then where the system's loader looks.
//
// Error (environment): there is no such file, no library was found, it cannot be loaded, or it is
// older than 1.2 and lacks what is needed; the message tells how to get one.
base::Result<const duck::Api*> load_duckdb(const std::string& path);

// "libduckdb.so" or "libduckdb.dylib".
std::string duckdb_file_name();

}  // namespace destinations
