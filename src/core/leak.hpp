// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace core {

// Where a secret turned up. `other`: elsewhere in the answer, or in one that is no JSON object.
enum class LeakPlace : std::uint8_t { insert, del, state, error, other, log };
// "insert", "delete", "state", "errorMessage", "the answer", "the log".
std::string_view name(LeakPlace place);

// A secret that a connector gave away, without its value.
struct Leak {
  // A configured secret's name, or the kind of a credential that was recognised by its form.
  std::string what;
  bool configured = false;
  std::string_view how;  // configured: in which form ("as it is", "base64"); static text
  LeakPlace place = LeakPlace::other;
  std::string table;        // for insert and delete, as the connector wrote it
  std::string pointer;      // of the first occurrence; empty in logs
  std::uint64_t count = 1;  // occurrences of the same secret in the same form, place and table
};

}  // namespace core
