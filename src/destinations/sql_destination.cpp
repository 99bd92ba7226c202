// SPDX-License-Identifier: Apache-2.0
#include "destinations/sql_destination.hpp"

#include <cstdlib>

namespace destinations {

base::Result<std::chrono::nanoseconds> SqlDestination::in_transaction(std::string_view doing,
                                                                      const Work& work) {
  return run_in(SqlTransaction::begin(session_, doing), work);
}

base::Result<std::uint64_t> SqlDestination::count_rows(const core::Table& table) {
  FSIM_ASSIGN(const auto count,
              session_.select("SELECT count(*) FROM " + session_.qualified(table.name), "read"));
  return std::strtoull(count.at(0).at(0).value_or("0").c_str(), nullptr, 10);
}

base::Result<void> SqlDestination::drop_table(const std::string& name) {
  return session_.execute("DROP TABLE IF EXISTS " + session_.qualified(name), "reset");
}

}  // namespace destinations
