// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "reporters/json_report.hpp"
#include "reporters/text_table.hpp"

#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

std::string columns_of(const core::Table& table) {
  std::string text;
  for (const core::Column& column : table.columns) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", column.name, core::name(column.type));
    if (column.key) text += " key";
  }
  return text;
}

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

void print_json(const core::QueryResult& result) {
  reporters::JsonWriter json(true);
  json.begin_array();
  for (const auto& row : result.rows) {
    json.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      json.key(result.columns[i]);
      if (row[i]) {
        json.value(*row[i]);
      } else {
        json.null();
      }
    }
    json.end_object();
  }
  std::cout << json.end_array().take() << '\n';
}

void print_table(const core::QueryResult& result) {
  constexpr std::size_t kWidest = 60;
  reporters::TextTable table(result.columns);
  for (const auto& row : result.rows) {
    std::vector<std::string> cells;
    cells.reserve(row.size());
    for (const auto& cell : row)
      cells.push_back(cell ? base::elide_middle(*cell, kWidest) : "NULL");
    table.add(std::move(cells));
  }
  std::cout << table.text(0);
}

}  // namespace

base::Result<core::ExitCode> tables_command(const Arguments& args) {
  FSIM_ASSIGN(const auto destination, open_destination(args, Access::read));
  FSIM_ASSIGN(const auto tables, destination->tables());
  if (args.format == "json") {
    reporters::JsonWriter json(true);
    reporters::write_tables(json, tables);
    std::cout << json.take() << '\n';
    return core::ExitCode::ok;
  }
  reporters::TextTable table({"table", ">rows", "source", "columns"});
  for (const core::Table& stored : tables)
    table.add({stored.name, base::human_count(stored.rows), stored.source, columns_of(stored)});
  std::cout << table.text(0);
  return core::ExitCode::ok;
}

base::Result<core::ExitCode> sql_command(const Arguments& args) {
  FSIM_ASSIGN(const auto destination, open_destination(args, Access::read));
  FSIM_ASSIGN(const core::QueryResult result, destination->query(args.sql));
  if (args.format == "csv") {
    print_csv(result);
  } else if (args.format == "json") {
    print_json(result);
  } else {
    print_table(result);
  }
  return core::ExitCode::ok;
}

}  // namespace cli
