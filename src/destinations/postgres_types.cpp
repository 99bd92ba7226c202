// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_types.hpp"

#include "destinations/system_columns.hpp"
#include "protocol/number_text.hpp"
#include "protocol/widening.hpp"

#include <array>

namespace destinations {
namespace {

using core::ColumnType;

struct Oid {
  unsigned oid;
  ColumnType type;
};

// The ids of built-in types never change: pg_type.dat.
constexpr std::array<Oid, 12> kOids = {{{16, ColumnType::boolean},
                                        {21, ColumnType::short_integer},
                                        {23, ColumnType::integer},
                                        {20, ColumnType::long_integer},
                                        {1700, ColumnType::decimal},
                                        {700, ColumnType::double_float},
                                        {701, ColumnType::double_float},
                                        {1082, ColumnType::local_date},
                                        {1114, ColumnType::local_date_time},
                                        {1184, ColumnType::instant},
                                        {114, ColumnType::json},
                                        {3802, ColumnType::json}}};

std::string time_text(std::string_view text, ColumnType type) {
  std::string time(text);
  if (time.size() > 10 && time[10] == ' ') time[10] = 'T';
  if (type == ColumnType::instant && time.ends_with("+00")) time.replace(time.size() - 3, 3, "Z");
  return time;
}

std::string to_json(const std::string& expression, ColumnType from) {
  if (from == ColumnType::boolean || protocol::is_number(from))
    return postgres_text(expression, from);
  return "pg_catalog.to_json(" + postgres_text(expression, from) + ")::text";
}

}  // namespace

std::string postgres_type(const core::Column& column) {
  switch (column.type) {
    case ColumnType::boolean: return "boolean";
    case ColumnType::short_integer: return "smallint";
    case ColumnType::integer: return "integer";
    case ColumnType::long_integer: return "bigint";
    case ColumnType::decimal: return "numeric";
    case ColumnType::double_float: return "double precision";
    case ColumnType::local_date: return "date";
    case ColumnType::local_date_time: return "timestamp";
    case ColumnType::instant: return "timestamptz";
    case ColumnType::json: return column.key ? "text COLLATE \"C\"" : "json";
    default: return "text COLLATE \"C\"";
  }
}

std::string postgres_system_type(std::string_view column) {
  if (column == kSynced) return "timestamptz";
  if (column == kDeleted) return "boolean DEFAULT false";
  return "bigint";
}

ColumnType type_of_oid(unsigned oid) {
  for (const Oid& known : kOids)
    if (known.oid == oid) return known.type;
  return ColumnType::string;
}

bool prints_canonically(ColumnType type) {
  switch (type) {
    case ColumnType::boolean:
    case ColumnType::decimal:
    case ColumnType::double_float:
    case ColumnType::local_date_time:
    case ColumnType::instant: return false;
    default: return true;
  }
}

std::string canonical_text(std::string_view text, ColumnType type) {
  switch (type) {
    case ColumnType::boolean: return text == "t" ? "true" : "false";
    case ColumnType::decimal:
    case ColumnType::double_float:
      // NaN and Infinity are no numbers of JSON: only a user's own expression gives them.
      if (text.find_first_of("NI") != text.npos) return std::string(text);
      return protocol::convert(text, type, type);
    case ColumnType::local_date_time:
    case ColumnType::instant: return time_text(text, type);
    default: return std::string(text);
  }
}

std::string postgres_text(const std::string& expression, ColumnType type) {
  std::string text = "(" + expression + ")::text";
  switch (type) {
    case ColumnType::local_date_time: return "replace(" + text + ", ' ', 'T')";
    case ColumnType::instant: return "replace(replace(" + text + ", ' ', 'T'), '+00', 'Z')";
    default: return text;
  }
}

std::string postgres_conversion(const std::string& expression, const core::Column& from,
                                const core::Column& to) {
  const std::string cast = ")::" + postgres_type(to);
  if (from.type == to.type) return "(" + expression + cast;
  switch (to.type) {
    case ColumnType::json: return "(" + to_json(expression, from.type) + cast;
    case ColumnType::string: return "(" + postgres_text(expression, from.type) + cast;
    case ColumnType::decimal:
      // A double by its shortest digits: the plain cast keeps only fifteen.
      if (from.type == ColumnType::double_float) return "((" + expression + ")::text" + cast;
      return "(" + expression + cast;
    case ColumnType::instant: return "((" + expression + ")::timestamp AT TIME ZONE 'UTC'" + cast;
    default: return "(" + expression + cast;
  }
}

}  // namespace destinations
