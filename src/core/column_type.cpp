// SPDX-License-Identifier: Apache-2.0
#include "core/column_type.hpp"

#include <array>

namespace core {
namespace {
constexpr std::array<std::string_view, kColumnTypes> kNames = {
    "NONE",   "BOOLEAN",   "SHORT",         "INT",     "LONG",   "DECIMAL",
    "DOUBLE", "LOCALDATE", "LOCALDATETIME", "INSTANT", "STRING", "JSON"};
}

std::string_view name(ColumnType type) {
  return kNames[static_cast<std::size_t>(type)];
}

std::optional<ColumnType> column_type_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return static_cast<ColumnType>(i);
  return std::nullopt;
}

}  // namespace core
