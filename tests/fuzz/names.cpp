// SPDX-License-Identifier: Apache-2.0
// A table or column name: the result is one that every engine takes, and renaming it again changes
// nothing.
#include "protocol/naming.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void check(const std::string& name) {
  if (name.size() > 63) std::abort();
  for (const char c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) std::abort();
  if (!name.empty() && name[0] >= '0' && name[0] <= '9') std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string table = protocol::table_name(text), column = protocol::column_name(text);
  check(table);
  check(column);
  if (protocol::column_name(column) != column) std::abort();
  return 0;
}
