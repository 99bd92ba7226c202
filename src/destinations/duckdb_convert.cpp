// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_convert.hpp"

#include "destinations/duckdb_error.hpp"
#include "protocol/json_text.hpp"
#include "protocol/widening.hpp"

#include <atomic>
#include <initializer_list>

#include <fmt/format.h>

namespace destinations {
namespace {

using core::ColumnType;

// The library that calls our function, which does not tell it: a process uses one.
std::atomic<const duck::Api*> caller = nullptr;

DuckVector argument(const duck::Api& api, duck::Chunk input, duck::Index number) {
  const duck::Vector vector = api.data_chunk_get_vector(input, number);
  return {api, vector, DuckColumnType::take(api, api.vector_get_column_type(vector))};
}

// fsim_convert(value, from, to)
void convert(duck::FunctionCall, duck::Chunk input, duck::Vector output) {
  const duck::Api& api = *caller;
  const DuckVector values = argument(api, input, 0), from = argument(api, input, 1),
                   to = argument(api, input, 2);
  const std::size_t rows = api.data_chunk_get_size(input);
  // A statement of the user may call it too, with anything.
  const bool readable = values.type().is_printed() || values.type().type == duck::Type::blob;
  std::uint64_t* validity = nullptr;
  for (std::size_t row = 0; row < rows; ++row) {
    if (!readable || values.is_null(row)) {
      if (validity == nullptr) {
        api.vector_ensure_validity_writable(output);
        validity = api.vector_get_validity(output);
      }
      validity[row / 64] &= ~(std::uint64_t{1} << (row % 64));
      continue;
    }
    const auto type = static_cast<ColumnType>(from.integer(row));
    std::string text = values.text(row);
    if (type == ColumnType::json) text = protocol::normal_form(text).value_or(text);
    text = protocol::convert(text, type, static_cast<ColumnType>(to.integer(row)));
    api.vector_assign_string_element_len(output, row, text.data(), text.size());
  }
}

duck::LogicalType make_type(const duck::Api& api, duck::Type type) {
  return api.create_logical_type(static_cast<int>(type));
}

std::string convert_sql(const std::string& column, ColumnType from, ColumnType to) {
  return fmt::format("fsim_convert({}, {}, {})", column, static_cast<int>(from),
                     static_cast<int>(to));
}

bool is_text(ColumnType type) {
  return type == ColumnType::string || type == ColumnType::json;
}

}  // namespace

base::Result<void> add_duckdb_conversions(DuckDb& db) {
  const duck::Api& api = db.api();
  caller = &api;
  duck::Function function = api.create_scalar_function();
  api.scalar_function_set_name(function, "fsim_convert");
  for (const duck::Type type : {duck::Type::any, duck::Type::int32, duck::Type::int32}) {
    duck::LogicalType made = make_type(api, type);
    api.scalar_function_add_parameter(function, made);
    api.destroy_logical_type(&made);
  }
  duck::LogicalType text = make_type(api, duck::Type::text);
  api.scalar_function_set_return_type(function, text);
  api.destroy_logical_type(&text);
  api.scalar_function_set_function(function, convert);
  const duck::State state = api.register_scalar_function(db.connection(), function);
  api.destroy_scalar_function(&function);
  if (state == duck::kSuccess) return {};
  return tl::unexpected(duckdb_error("open", db.name(), "it takes no function of ours"));
}

std::string duckdb_text_sql(const std::string& column, ColumnType from, ColumnType to) {
  if (is_text(from) && from == to) return column;
  return convert_sql(column, from, to);
}

std::string duckdb_json_sql(const std::string& column, ColumnType to) {
  return convert_sql(column, ColumnType::json, to);
}

std::string duckdb_value_sql(const std::string& column, ColumnType from, ColumnType to,
                             const DuckStorage& storage) {
  if (from == to && to != ColumnType::decimal) return column;
  return fmt::format("CAST({} AS {})", duckdb_text_sql(column, from, to), sql_type(storage));
}

}  // namespace destinations
