// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "destinations/cell.hpp"
#include "destinations/duckdb_db.hpp"
#include "destinations/duckdb_types.hpp"

#include <string>
#include <vector>

namespace destinations {

// Puts rows into a table in bulk, a chunk of column arrays at a time, inside the transaction of
// the connection. Rows reach the table when a chunk is full and with `finish`.
class DuckAppender {
 public:
  // `columns` are all columns of the table in order. `temporary`: it is a temporary table.
  static base::Result<DuckAppender> open(DuckDb& db, const std::string& schema,
                                         const std::string& table, bool temporary,
                                         const std::vector<DuckStorage>& columns);
  DuckAppender(DuckAppender&& other) noexcept;
  DuckAppender& operator=(DuckAppender&&) = delete;
  ~DuckAppender();

  // Values of the current row; a column that is not put is null. The text of a cell is copied.
  void put(std::size_t column, const Cell& cell);
  void put(std::size_t column, std::int64_t value);
  base::Result<void> end_row();
  // Nothing can be put after it.
  base::Result<void> finish();

  // A hash of the value put last, as it is stored; equal values have the same one.
  std::uint64_t last_hash() const noexcept { return hash_; }

 private:
  struct Column {
    DuckStorage storage;
    duck::Vector vector = nullptr;
    void* data = nullptr;
    std::uint64_t* validity = nullptr;
    bool filled = false;  // in the current row
  };

  DuckAppender(DuckDb& db, duck::Appender appender, std::string table);
  base::Result<void> flush();
  void bind_vectors();
  void put_text(Column& column, std::string_view text);
  tl::unexpected<base::Error> failed();

  DuckDb& db_;
  duck::Appender appender_ = nullptr;
  duck::Chunk chunk_ = nullptr;
  std::string table_;
  std::vector<Column> columns_;
  std::size_t row_ = 0, capacity_ = 0;
  std::uint64_t hash_ = 0;
};

}  // namespace destinations
