// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"

#include <string_view>

namespace destinations {

// The type of a stored column, or of _fivetran_deleted; none for a name that the table lacks.
core::ColumnType stored_type(const core::Table& table, std::string_view column);

// Whether a scan orders a column that is stored and asked for in these types by its values, not by
// the bytes of its text: core::Scan::ordered_by.
bool is_ordered_by_value(core::ColumnType stored, core::ColumnType as);

}  // namespace destinations
