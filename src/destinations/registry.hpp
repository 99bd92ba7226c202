// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/destination.hpp"
#include "destinations/options.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace destinations {

// Opens `sqlite:PATH`, `postgresql://…` or `memory:` for one schema; an empty schema means
// options.default_schema. In SQLite the default schema's tables lie in the file PATH itself,
// another schema is the file PATH.SCHEMA beside it.
//
// Error (usage): an unknown kind of destination, one that this version does not have, or a schema
// name that Fivetran would refuse. Error (environment): it cannot be opened, it holds something
// that is not ours, or another run holds it.
base::Result<std::unique_ptr<core::Destination>> open(std::string_view url, std::string_view schema,
                                                      const OpenOptions& options);

// The schemes that `open` knows, as they are typed: "sqlite:", "postgresql:".
std::vector<std::string_view> schemes();

// A destination's URL as it may be printed: without passwords.
std::string shown(std::string_view url);

}  // namespace destinations
