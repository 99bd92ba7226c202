// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/duckdb_api.hpp"

#include <string>

namespace destinations {

enum class DuckMode {
  read,   // an existing file, nothing is changed
  write,  // the file is made when it is missing or empty
};

// The database in the file at `path`, closed to all that a statement of the user could do beside
// reading its tables; or none, and DuckDB's words for it in `why`. A file that it began and could
// not finish is gone again, so that the next attempt finds none.
duck::Database open_duckdb_file(const duck::Api& api, const std::string& path, DuckMode mode,
                                std::string& why);

}  // namespace destinations
