// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "reporters/json_report.hpp"
#include "reporters/text_table.hpp"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cli {
namespace {

using base::visible;

std::string sql_name(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

// The latest _fivetran_synced of its rows: every insert and soft delete sets it, a hard delete
// leaves none. Null for a table without rows.
base::Result<std::optional<std::string>> last_change(core::Destination& destination,
                                                     const core::Table& table) {
  FSIM_ASSIGN(
      const core::QueryResult result,
      destination.query(fmt::format("SELECT max(_fivetran_synced) FROM {}", sql_name(table.name))));
  if (result.rows.empty()) return std::nullopt;
  return result.rows.front().front();
}

std::string columns_of(const core::Table& table) {
  std::string text;
  for (const core::Column& column : table.columns) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", visible(column.name),
                        core::name(column.type));
    if (column.key) text += " key";
  }
  return text;
}

std::string key_of(const core::Table& table) {
  return table.primary_key.empty() ? "none"
                                   : visible(fmt::format("{}", fmt::join(table.primary_key, ", ")));
}

base::Result<void> print_summary(core::Destination& destination,
                                 const std::vector<core::Table>& tables) {
  reporters::TextTable lines({"table", ">rows", "key", "last change", "source", "columns"});
  for (const core::Table& table : tables) {
    FSIM_ASSIGN(const auto changed, last_change(destination, table));
    lines.add({visible(table.name), base::human_count(table.rows), key_of(table),
               changed.value_or("-"), visible(table.source), columns_of(table)});
  }
  std::cout << lines.text(0);
  return {};
}

base::Result<void> print_columns(core::Destination& destination, const core::Table& table) {
  FSIM_ASSIGN(const auto changed, last_change(destination, table));
  std::cout << fmt::format("{}  {} rows  key: {}  last change: {}  source: {}\n",
                           visible(table.name), base::human_count(table.rows), key_of(table),
                           changed.value_or("-"), visible(table.source));
  reporters::TextTable lines({"column", "type", "key", "source"});
  for (const core::Column& column : table.columns)
    lines.add({visible(column.name), std::string(core::name(column.type)), column.key ? "key" : "",
               visible(column.source)});
  std::cout << lines.text(2);
  return {};
}

// The tables that were asked for, else all.
base::Result<std::vector<core::Table>> chosen(core::Destination& destination,
                                              const std::vector<std::string>& names) {
  FSIM_ASSIGN(std::vector<core::Table> tables, destination.tables());
  if (names.empty()) return tables;
  std::vector<core::Table> wanted;
  for (const std::string& name : names) {
    const auto found = std::ranges::find_if(tables, [&name](const core::Table& table) {
      return table.name == name || table.source == name;
    });
    if (found == tables.end()) {
      std::vector<std::string_view> known;
      known.reserve(tables.size());
      for (const core::Table& table : tables) known.push_back(table.name);
      const std::string_view best = base::closest(name, known);
      return base::fail(base::ErrorKind::usage,
                        fmt::format("no table {} in {}{}", visible(name), destination.describe(),
                                    best.empty() ? " (fivetran-sim tables lists them)"
                                                 : fmt::format("; did you mean {}?", best)));
    }
    wanted.push_back(*found);
  }
  return wanted;
}

base::Result<void> print_json(core::Destination& destination,
                              const std::vector<core::Table>& tables) {
  reporters::JsonWriter json(true);
  json.begin_array();
  for (const core::Table& table : tables) {
    FSIM_ASSIGN(const auto changed, last_change(destination, table));
    json.begin_object();
    reporters::write_table(json, table);
    json.key("last_change");
    if (changed) {
      json.value(*changed);
    } else {
      json.null();
    }
    json.end_object();
  }
  std::cout << json.end_array().take() << '\n';
  return {};
}

}  // namespace

base::Result<core::ExitCode> tables_command(const Arguments& args) {
  FSIM_ASSIGN(const auto destination, open_destination(args, Access::read));
  FSIM_ASSIGN(const auto tables, chosen(*destination, args.look.tables));
  if (args.format == "json") {
    FSIM_TRY(print_json(*destination, tables));
  } else if (args.look.tables.empty()) {
    FSIM_TRY(print_summary(*destination, tables));
  } else {
    for (const core::Table& table : tables) FSIM_TRY(print_columns(*destination, table));
  }
  return core::ExitCode::ok;
}

}  // namespace cli
