// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_appender.hpp"

#include "destinations/duckdb_error.hpp"
#include "protocol/number_text.hpp"

#include <cstring>
#include <functional>

#include <fmt/format.h>

namespace destinations {
namespace {

using duck::Type;

template <class Value>
void write(void* data, std::size_t row, const Value& value) {
  std::memcpy(static_cast<char*>(data) + row * sizeof(Value), &value, sizeof(Value));
}

duck::LogicalType make_type(const duck::Api& api, const DuckStorage& storage) {
  if (storage.type == Type::decimal)
    return api.create_decimal_type(protocol::kDecimalDigits,
                                   static_cast<std::uint8_t>(storage.scale));
  return api.create_logical_type(static_cast<int>(storage.type));
}

}  // namespace

base::Result<DuckAppender> DuckAppender::open(DuckDb& db, const std::string& schema,
                                              const std::string& table, bool temporary,
                                              const std::vector<DuckStorage>& columns) {
  const duck::Api& api = db.api();
  duck::Appender handle = nullptr;
  const duck::State state =
      api.appender_create_ext(db.connection(), temporary ? "temp" : nullptr,
                              temporary ? "main" : schema.c_str(), table.c_str(), &handle);
  DuckAppender appender(db, handle, table);
  if (state != duck::kSuccess) return appender.failed();
  std::vector<duck::LogicalType> types;
  for (const DuckStorage& storage : columns) {
    appender.columns_.push_back({storage});
    types.push_back(make_type(api, storage));
  }
  appender.chunk_ = api.create_data_chunk(types.data(), types.size());
  for (duck::LogicalType& type : types) api.destroy_logical_type(&type);
  appender.bind_vectors();
  return appender;
}

DuckAppender::DuckAppender(DuckDb& db, duck::Appender appender, std::string table)
    : db_(db),
      appender_(appender),
      table_(std::move(table)),
      capacity_(static_cast<std::size_t>(db.api().vector_size())) {}

DuckAppender::DuckAppender(DuckAppender&& other) noexcept
    : db_(other.db_),
      appender_(std::exchange(other.appender_, nullptr)),
      chunk_(std::exchange(other.chunk_, nullptr)),
      table_(std::move(other.table_)),
      columns_(std::move(other.columns_)),
      row_(other.row_),
      capacity_(other.capacity_) {}

DuckAppender::~DuckAppender() {
  if (chunk_ != nullptr) db_.api().destroy_data_chunk(&chunk_);
  if (appender_ != nullptr) db_.api().appender_destroy(&appender_);
}

void DuckAppender::bind_vectors() {
  const duck::Api& api = db_.api();
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    columns_[c].vector = api.data_chunk_get_vector(chunk_, c);
    columns_[c].data = api.vector_get_data(columns_[c].vector);
    columns_[c].validity = nullptr;
  }
}

void DuckAppender::put(std::size_t c, std::int64_t value) {
  Column& column = columns_[c];
  column.filled = true;
  hash_ = std::hash<std::int64_t>{}(value);
  switch (column.storage.type) {
    case Type::boolean: write(column.data, row_, value != 0); break;
    case Type::int16: write(column.data, row_, static_cast<std::int16_t>(value)); break;
    case Type::int32:
    case Type::date: write(column.data, row_, static_cast<std::int32_t>(value)); break;
    default: write(column.data, row_, value); break;
  }
}

void DuckAppender::put(std::size_t c, const Cell& cell) {
  switch (cell.form) {
    case CellForm::absent:
    case CellForm::null: return;
    case CellForm::integer: put(c, cell.integer); return;
    case CellForm::real:
      columns_[c].filled = true;
      write(columns_[c].data, row_, cell.real);
      hash_ = std::hash<double>{}(cell.real);
      return;
    case CellForm::text: put_text(columns_[c], cell.text); return;
  }
}

void DuckAppender::put_text(Column& column, std::string_view text) {
  const auto c = static_cast<std::size_t>(&column - columns_.data());
  switch (column.storage.type) {
    case Type::date:
      if (const auto value = date_value(text)) put(c, std::int64_t{*value});
      return;
    case Type::timestamp:
      if (const auto value = date_time_value(text)) put(c, *value);
      return;
    case Type::timestamp_tz:
      if (const auto value = instant_value(text)) put(c, *value);
      return;
    case Type::decimal:
      if (const auto value = decimal_value(text, column.storage.scale)) {
        write(column.data, row_, *value);
        column.filled = true;
        hash_ = std::hash<std::uint64_t>{}(value->lower ^ static_cast<std::uint64_t>(value->upper));
      }
      return;
    default:
      db_.api().vector_assign_string_element_len(column.vector, row_, text.data(), text.size());
      column.filled = true;
      hash_ = std::hash<std::string_view>{}(text);
  }
}

base::Result<void> DuckAppender::end_row() {
  const duck::Api& api = db_.api();
  for (Column& column : columns_) {
    if (!std::exchange(column.filled, false)) {
      if (column.validity == nullptr) {
        api.vector_ensure_validity_writable(column.vector);
        column.validity = api.vector_get_validity(column.vector);
      }
      column.validity[row_ / 64] &= ~(std::uint64_t{1} << (row_ % 64));
    }
  }
  if (++row_ == capacity_) return flush();
  return {};
}

base::Result<void> DuckAppender::flush() {
  if (row_ == 0) return {};
  const duck::Api& api = db_.api();
  api.data_chunk_set_size(chunk_, row_);
  if (api.append_data_chunk(appender_, chunk_) != duck::kSuccess) return failed();
  api.data_chunk_reset(chunk_);
  bind_vectors();
  row_ = 0;
  return {};
}

base::Result<void> DuckAppender::finish() {
  FSIM_TRY(flush());
  if (db_.api().appender_close(appender_) != duck::kSuccess) return failed();
  return {};
}

tl::unexpected<base::Error> DuckAppender::failed() {
  const char* message = appender_ == nullptr ? nullptr : db_.api().appender_error(appender_);
  return tl::unexpected(duckdb_error(fmt::format("load {} into", table_), db_.name(),
                                     message == nullptr ? "the rows were refused" : message));
}

}  // namespace destinations
