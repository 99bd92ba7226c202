// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/duckdb_library.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

namespace support {

// DuckDB's library for tests: FIVETRAN_SIM_DUCKDB_LIBRARY, or where scripts/get-duckdb puts it;
// empty where neither is there, so that the loader's path decides.
inline std::string duckdb_library() {
  if (const char* path = std::getenv("FIVETRAN_SIM_DUCKDB_LIBRARY")) return path;
  const std::filesystem::path fetched = std::filesystem::path(FSIM_SOURCE_DIR) / "build" /
                                        "clients" / "duckdb" / destinations::duckdb_file_name();
  std::error_code error;
  return std::filesystem::exists(fetched, error) ? fetched.string() : "";
}

// Whether tests that need it have to be left out; with FSIM_NO_SKIP=1 none is.
inline bool without_duckdb() {
  const char* no_skip = std::getenv("FSIM_NO_SKIP");
  return (no_skip == nullptr || std::string(no_skip) != "1") &&
         !destinations::load_duckdb(duckdb_library());
}

}  // namespace support
