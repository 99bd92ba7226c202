// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace protocol {

// How source names become destination names: contract §4.6. `source` is Fivetran's "Source naming"
// of December 2025: names stay as the connector wrote them.
enum class Naming { fivetran, source };
std::string_view name(Naming naming);  // "fivetran", "source"

// Fivetran's renaming rules for names of non-database connectors: contract §4.6, after
// https://fivetran.com/docs/connector-sdk/troubleshooting/schema-table-name-normalization .
// With either naming names over 63 bytes are shortened with a hash. May return an empty text when
// nothing is left.
std::string table_name(std::string_view source, Naming naming = Naming::fivetran);
std::string column_name(std::string_view source, Naming naming = Naming::fivetran);

// The name is over 63 bytes, so table_name and column_name shorten it.
bool is_too_long(std::string_view source, Naming naming = Naming::fivetran);
// Nothing that tells one name from another is left: no letter and no digit, though the source has
// some text.
bool is_emptied(std::string_view source, Naming naming = Naming::fivetran);

// Two destination names are one when they fold to the same text (A to Z as a to z): SQLite and
// DuckDB cannot tell them apart, so no engine does.
std::string folded(std::string_view destination_name);

// `^[_a-z][_a-z0-9]*$`, what the set-up form accepts as a destination schema.
bool is_schema_name(std::string_view name);

// `_fivetran_…`: reserved for Fivetran's own columns.
bool is_system_name(std::string_view destination_name);

}  // namespace protocol
