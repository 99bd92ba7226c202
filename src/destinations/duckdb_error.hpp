// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace destinations {

// One line for the user: `cannot load orders into duckdb:w.duckdb: the disk is full (…)`, from what
// DuckDB says. A failure that only a mistake of ours can cause is an internal error, all others are
// the environment's.
base::Error duckdb_error(std::string_view doing, std::string_view name, std::string_view message);

// Whether another process has the file open.
bool is_duckdb_lock(std::string_view message);

}  // namespace destinations
