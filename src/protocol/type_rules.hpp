// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace protocol {

// How values become column types where nothing public tells what Fivetran does: contract §4.5. Each
// is an assumption that the user can turn round (protocol/assumptions).
struct TypeRules {
  bool fraction_as_decimal = false;  // a fraction is DECIMAL where it fits, before DOUBLE
  bool dates = true;           // strict ISO 8601 texts become LOCALDATE, LOCALDATETIME, INSTANT
  bool arrays_as_json = true;  // false: an array is a STRING that holds its JSON
};

}  // namespace protocol
