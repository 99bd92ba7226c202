// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "workflows/expectations.hpp"

#include <string>

#include <toml++/toml.h>

namespace cli {

// [expect] of fivetran-sim.toml, for `test`:
//
//   empty-tables = ["refunds", "tmp_*"]     each other table must have rows
//   max-calls = 20                          of all syncs of the suite
//   [expect.rows]      orders = 237         or ">=1", "100..300"
//   [expect.not-null]  orders = ["total"]
//
// `file` is told in messages. Error (usage): an unknown key, a value of another kind.
base::Result<workflows::Expectations> read_expectations(const toml::table& table,
                                                        const std::string& file);

}  // namespace cli
