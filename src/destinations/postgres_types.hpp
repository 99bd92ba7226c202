// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"

#include <string>
#include <string_view>

namespace destinations {

// The type with which a table declares a column: design §5. JSON in a key is stored as text, since
// json has no equality. Texts are ordered by their bytes, as on every other engine.
std::string postgres_type(const core::Column& column);
// The same for _fivetran_synced and its like, with its default.
std::string postgres_system_type(std::string_view column);

// What Fivetran calls the type of that object id; `string` for all that it has not.
core::ColumnType type_of_oid(unsigned oid);

// The canonical text of a value that the server printed as `text`.
std::string canonical_text(std::string_view text, core::ColumnType type);
// Whether the server prints it canonically by itself.
bool prints_canonically(core::ColumnType type);

// An expression for the value of `expression`, which is of the type of `from`, as a column like
// `to` stores it. No digit changes.
std::string postgres_conversion(const std::string& expression, const core::Column& from,
                                const core::Column& to);
// An expression for the canonical text of a value of the type, ordered by its bytes.
std::string postgres_text(const std::string& expression, core::ColumnType type);

}  // namespace destinations
