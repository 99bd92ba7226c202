// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "protocol/widening.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/text_table.hpp"

#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

std::string csv_field(const std::optional<std::string>& cell) {
  if (!cell) return "";
  if (!cell->empty() && cell->find_first_of(",\"\r\n") == std::string::npos) return *cell;
  std::string quoted = "\"";
  for (const char c : *cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

void print_csv(const core::QueryResult& result) {
  const auto line = [](const auto& cells, auto&& field) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + field(cells[i]);
    std::cout << text << '\n';
  };
  line(result.columns, [](const std::string& name) { return csv_field(name); });
  for (const auto& row : result.rows) line(row, [](const auto& cell) { return csv_field(cell); });
}

// Numbers, booleans and JSON as such with their digits, all else as texts.
bool is_json(core::ColumnType type) {
  return type == core::ColumnType::json || type == core::ColumnType::boolean ||
         protocol::is_number(type);
}

void print_json(const core::QueryResult& result) {
  reporters::JsonWriter json(true);
  json.begin_array();
  for (const auto& row : result.rows) {
    json.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      json.key(result.columns[i]);
      if (!row[i]) {
        json.null();
      } else if (i < result.types.size() && is_json(result.types[i])) {
        json.json(*row[i]);
      } else {
        json.value(*row[i]);
      }
    }
    json.end_object();
  }
  std::cout << json.end_array().take() << '\n';
}

void print_table(const core::QueryResult& result, std::size_t width) {
  std::vector<std::string> headings;
  for (std::size_t c = 0; c < result.columns.size(); ++c) {
    const bool right = c < result.types.size() && protocol::is_number(result.types[c]);
    headings.push_back((right ? ">" : "") + base::visible(result.columns[c]));
  }
  reporters::TextTable table(std::move(headings));
  for (const auto& row : result.rows) {
    std::vector<std::string> cells;
    cells.reserve(row.size());
    for (const auto& cell : row)
      cells.push_back(!cell        ? "NULL"
                      : width == 0 ? base::visible(*cell)
                                   : base::elide_middle(*cell, width));
    table.add(std::move(cells));
  }
  std::cout << table.text(0);
}

}  // namespace

base::Result<core::ExitCode> sql_command(const Arguments& args) {
  FSIM_ASSIGN(const auto destination, open_destination(args, Access::read));
  FSIM_ASSIGN(core::QueryResult result, destination->query(args.sql));
  const std::size_t all = result.rows.size();
  if (args.look.rows > 0 && all > args.look.rows) result.rows.resize(args.look.rows);
  if (args.format == "csv") {
    print_csv(result);
  } else if (args.format == "json") {
    print_json(result);
  } else {
    print_table(result, args.look.width);
  }
  if (result.rows.size() < all)
    std::cerr << fmt::format("{} of {} rows (--limit 0 shows all)\n",
                             base::human_count(result.rows.size()), base::human_count(all));
  return core::ExitCode::ok;
}

}  // namespace cli
