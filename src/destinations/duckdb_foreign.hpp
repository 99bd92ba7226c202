// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "destinations/duckdb_db.hpp"
#include "destinations/page_plan.hpp"

namespace destinations {

// The schema that the tester of Fivetran's Connector SDK fills in its `warehouse.db`
// (https://fivetran.com/docs/connector-sdk/tutorials/beginner-quickstart-guide).
inline constexpr char kTesterSchema[] = "tester";

// Whether the schema holds tables, but none of ours.
base::Result<bool> is_foreign(DuckDb& db);

// The tables of a schema that somebody else made, so that they can be compared: columns with the
// Fivetran types that DuckDB's types mean, keys from their primary keys.
base::Result<Catalog> read_foreign_catalog(DuckDb& db);

}  // namespace destinations
