// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/column_type.hpp"
#include "destinations/duckdb_api.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace destinations {

// How DuckDB stores a column: design "Loading". A DECIMAL has 38 digits, `scale` of them behind the
// point.
struct DuckStorage {
  duck::Type type = duck::Type::text;
  int scale = 0;
  bool operator==(const DuckStorage&) const = default;
};

// How a column of that type is stored; of a DECIMAL `scale` digits stand behind the point.
DuckStorage storage_of(core::ColumnType type, int scale);
// "BIGINT", "DECIMAL(38,4)", "TIMESTAMP WITH TIME ZONE".
std::string sql_type(const DuckStorage& storage);
// The other way round, for the type names that duckdb_columns() gives.
DuckStorage storage_named(std::string_view sql_type);

// Canonical texts (cell.hpp) as DuckDB stores them; none for any other text, which then equals no
// stored value. What is finer than a microsecond is cut off.
std::optional<duck::HugeInt> decimal_value(std::string_view text, int scale);
std::optional<std::int32_t> date_value(std::string_view text);       // days since 1970
std::optional<std::int64_t> date_time_value(std::string_view text);  // microseconds
std::optional<std::int64_t> instant_value(std::string_view text);    // microseconds in UTC

}  // namespace destinations
