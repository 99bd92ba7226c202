// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_result.hpp"

#include "destinations/duckdb_error.hpp"

namespace destinations {

DuckResult::DuckResult(const duck::Api& api, duck::Result result, std::string name)
    : api_(&api), result_(result), name_(std::move(name)) {
  const duck::Index columns = api.column_count(&result_);
  for (duck::Index c = 0; c < columns; ++c)
    types_.push_back(DuckColumnType::take(api, api.column_logical_type(&result_, c)));
}

DuckResult& DuckResult::operator=(DuckResult&& other) noexcept {
  if (this == &other) return *this;
  clear();
  api_ = std::exchange(other.api_, nullptr);
  result_ = std::exchange(other.result_, {});
  name_ = std::move(other.name_);
  types_ = std::move(other.types_);
  chunk_ = std::exchange(other.chunk_, nullptr);
  vectors_ = std::move(other.vectors_);
  row_ = other.row_;
  rows_ = other.rows_;
  return *this;
}

void DuckResult::clear() noexcept {
  if (api_ == nullptr) return;
  if (chunk_ != nullptr) api_->destroy_data_chunk(&chunk_);
  api_->destroy_result(&result_);
  api_ = nullptr;
}

std::string DuckResult::column_name(std::size_t column) const {
  duck::Result result = result_;
  const char* name = api_->column_name(&result, column);
  return name == nullptr ? "" : name;
}

std::uint64_t DuckResult::rows_changed() {
  return api_->rows_changed(&result_);
}

base::Result<bool> DuckResult::next() {
  if (++row_ < rows_) return true;
  vectors_.clear();
  do {
    if (chunk_ != nullptr) api_->destroy_data_chunk(&chunk_);
    chunk_ = api_->fetch_chunk(result_);
    rows_ = chunk_ == nullptr ? 0 : api_->data_chunk_get_size(chunk_);
  } while (chunk_ != nullptr && rows_ == 0);
  row_ = 0;
  if (chunk_ == nullptr) {
    const char* message = api_->result_error(&result_);
    if (message != nullptr && *message != 0)
      return tl::unexpected(duckdb_error("read", name_, message));
    return false;
  }
  for (std::size_t c = 0; c < types_.size(); ++c)
    vectors_.emplace_back(*api_, api_->data_chunk_get_vector(chunk_, c), types_[c]);
  return true;
}

}  // namespace destinations
