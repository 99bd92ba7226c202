// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/cell.hpp"
#include "destinations/postgres_session.hpp"
#include "destinations/stage_rows.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace destinations {

// Writes rows in PostgreSQL's binary form of COPY, which needs no text to be read on the server:
// https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
class PostgresCopy {
 public:
  // `types`: of the columns behind row_number and staged_as. The copy has begun.
  PostgresCopy(PostgresSession& session, std::vector<core::ColumnType> types);
  ~PostgresCopy();
  PostgresCopy(const PostgresCopy&) = delete;
  PostgresCopy& operator=(const PostgresCopy&) = delete;

  // `row` and `as` go into row_number and staged_as, cell c into "c<c>".
  base::Result<void> add(std::int64_t row, StagedAs as, std::span<const Cell> cells);
  base::Result<void> finish();

 private:
  base::Result<void> send();

  PostgresSession& session_;
  std::vector<core::ColumnType> types_;
  std::string buffer_;
  bool open_ = true;
};

}  // namespace destinations
