// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_convert.hpp"

#include "protocol/number_text.hpp"
#include "protocol/widening.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <sqlite3.h>

namespace destinations {
namespace {

using core::ColumnType;

enum class Storage { integer, real, text };

Storage storage_of(ColumnType type) {
  switch (type) {
    case ColumnType::boolean:
    case ColumnType::short_integer:
    case ColumnType::integer:
    case ColumnType::long_integer: return Storage::integer;
    case ColumnType::double_float: return Storage::real;
    default: return Storage::text;
  }
}

std::string stored_text(sqlite3_value* value, ColumnType type) {
  if (type == ColumnType::boolean) return sqlite3_value_int(value) != 0 ? "true" : "false";
  if (type == ColumnType::double_float) return protocol::double_text(sqlite3_value_double(value));
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return {text == nullptr ? "" : text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

// fsim_convert(value, from, to)
void convert(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
  const auto from = static_cast<ColumnType>(sqlite3_value_int(arguments[1]));
  const auto to = static_cast<ColumnType>(sqlite3_value_int(arguments[2]));
  const std::string text = protocol::convert(stored_text(arguments[0], from), from, to);
  switch (storage_of(to)) {
    case Storage::integer: sqlite3_result_int64(context, std::atoll(text.c_str())); break;
    case Storage::real: sqlite3_result_double(context, std::strtod(text.c_str(), nullptr)); break;
    case Storage::text:
      sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
      break;
  }
}

}  // namespace

base::Result<void> add_conversions(SqliteDb& db) {
  const int code =
      sqlite3_create_function_v2(db.handle(), "fsim_convert", 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                 nullptr, convert, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(db.error("open"));
  return {};
}

std::string conversion_sql(const std::string& column, ColumnType from, ColumnType to) {
  const bool same_integers = from != ColumnType::boolean && storage_of(from) == Storage::integer &&
                             storage_of(to) == Storage::integer;
  if (from == to || same_integers) return column;
  return fmt::format("fsim_convert({}, {}, {})", column, static_cast<int>(from),
                     static_cast<int>(to));
}

std::string declared_type(ColumnType type) {
  static constexpr std::string_view kStorage[] = {"INTEGER", "REAL", "TEXT"};
  return fmt::format("{} {}", core::name(type), kStorage[static_cast<int>(storage_of(type))]);
}

ColumnType type_declared_by(std::string_view declared) {
  return core::column_type_named(declared.substr(0, declared.find(' '))).value_or(ColumnType::none);
}

}  // namespace destinations
