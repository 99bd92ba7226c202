// SPDX-License-Identifier: Apache-2.0
#include "destinations/system_columns.hpp"

namespace destinations {

bool is_system_column(std::string_view name) {
  return name == kSynced || name == kDeleted || name == kBatch || name == kIndex;
}

std::vector<std::string_view> system_columns(const core::Table& table) {
  std::vector<std::string_view> names;
  if (table.primary_key.empty()) names = {kBatch, kIndex};
  if (table.has_deleted_column) names.push_back(kDeleted);
  names.push_back(kSynced);
  return names;
}

}  // namespace destinations
