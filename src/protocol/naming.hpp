// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace protocol {

// Fivetran's renaming rules for names of non-database connectors: contract §4.6, after
// https://fivetran.com/docs/connector-sdk/troubleshooting/schema-table-name-normalization .
// Names over 63 bytes are shortened with a hash. May return an empty text when nothing is left.
std::string table_name(std::string_view source);
std::string column_name(std::string_view source);

// `^[_a-z][_a-z0-9]*$`, what the set-up form accepts as a destination schema.
bool is_schema_name(std::string_view name);

// `_fivetran_…`: reserved for Fivetran's own columns.
bool is_system_name(std::string_view destination_name);

}  // namespace protocol
