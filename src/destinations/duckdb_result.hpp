// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "destinations/duckdb_vector.hpp"

#include <string>
#include <utility>
#include <vector>

namespace destinations {

// The rows that a statement gave, read a chunk at a time. Columns count from 0.
class DuckResult {
 public:
  DuckResult() = default;
  // `name` is how messages call the database.
  DuckResult(const duck::Api& api, duck::Result result, std::string name);
  DuckResult(DuckResult&& other) noexcept { *this = std::move(other); }
  DuckResult& operator=(DuckResult&& other) noexcept;
  ~DuckResult() { clear(); }

  std::size_t columns() const noexcept { return types_.size(); }
  std::string column_name(std::size_t column) const;
  const DuckColumnType& type(std::size_t column) const { return types_[column]; }
  // Rows that an INSERT, UPDATE or DELETE changed.
  std::uint64_t rows_changed();

  // Moves to the next row; false at the end. Error: a streamed statement failed on the way.
  base::Result<bool> next();
  bool is_null(std::size_t column) const { return vectors_[column].is_null(row_); }
  std::int64_t integer(std::size_t column) const { return vectors_[column].integer(row_); }
  std::string_view view(std::size_t column) const { return vectors_[column].view(row_); }
  std::string text(std::size_t column) const { return vectors_[column].text(row_); }

 private:
  void clear() noexcept;

  const duck::Api* api_ = nullptr;
  duck::Result result_;
  std::string name_;
  std::vector<DuckColumnType> types_;
  duck::Chunk chunk_ = nullptr;
  std::vector<DuckVector> vectors_;
  std::size_t row_ = 0, rows_ = 0;
};

}  // namespace destinations
