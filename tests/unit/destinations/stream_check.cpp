// SPDX-License-Identifier: Apache-2.0
#include "stream_check.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace reference {
namespace {

using Lines = std::vector<std::string>;

Lines expected_rows(const Table& table) {
  Lines lines;
  for (const Row& row : table.rows) {
    std::string line;
    for (const auto& [name, column] : table.columns) {
      const auto cell = row.cells.find(name);
      line += cell == row.cells.end() ? "NULL|" : "'" + cell->second + "'|";
    }
    if (table.key.empty()) line += fmt::format("'{}'|'{}'|", row.batch, row.index);
    if (table.has_deleted) line += row.deleted ? "'true'|" : "'false'|";
    lines.push_back(std::move(line));
  }
  std::ranges::sort(lines);
  return lines;
}

Lines stored_rows(core::Destination& destination, const std::string& name, const Table& table) {
  std::string columns;
  for (const auto& [column, type] : table.columns) columns += column + ", ";
  if (table.key.empty()) columns += "_fivetran_batch, _fivetran_index, ";
  if (table.has_deleted) columns += "_fivetran_deleted, ";
  columns.resize(columns.size() - 2);
  const auto result = destination.query(fmt::format("SELECT {} FROM {}", columns, name));
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().message));
  Lines lines;
  for (const auto& row : result->rows) {
    std::string line;
    for (const auto& cell : row) line += cell ? "'" + *cell + "'|" : "NULL|";
    lines.push_back(std::move(line));
  }
  std::ranges::sort(lines);
  return lines;
}

// The lines of only one side; empty when both hold the same. Both are sorted.
std::string difference(const Lines& stored, const Lines& expected) {
  Lines only_stored, only_expected;
  std::ranges::set_difference(stored, expected, std::back_inserter(only_stored));
  std::ranges::set_difference(expected, stored, std::back_inserter(only_expected));
  std::string text;
  for (const std::string& line : only_stored) text += "\nstored   " + line;
  for (const std::string& line : only_expected) text += "\nexpected " + line;
  return text;
}

std::string counts_text(const Counts& c) {
  return fmt::format("{} {} {} {} {} {} {} {}", c.inserted, c.replaced, c.unchanged, c.lacking,
                     c.deleted, c.soft_marked, c.unknown_deletes, c.rejected);
}

std::string counts_text(const core::TableLoad& c) {
  return fmt::format("{} {} {} {} {} {} {} {}", c.inserted, c.replaced, c.unchanged, c.lacking,
                     c.deleted, c.soft_marked, c.unknown_deletes, c.rejected);
}

}  // namespace

void check_tables(core::Destination& destination, const Map& map) {
  const auto tables = destination.tables();
  REQUIRE(tables.has_value());
  REQUIRE(tables->size() == map.tables().size());
  for (const core::Table& stored : *tables) {
    CAPTURE(stored.name);
    const Table& table = map.tables().at(stored.name);
    REQUIRE(stored.rows == table.rows.size());
    REQUIRE(stored.columns.size() == table.columns.size());
    REQUIRE(stored.has_deleted_column == table.has_deleted);
    for (const core::Column& column : stored.columns) {
      CAPTURE(column.name);
      REQUIRE(core::name(column.type) == core::name(table.columns.at(column.name).type));
    }
    REQUIRE(difference(stored_rows(destination, stored.name, table), expected_rows(table)) == "");
  }
}

void check_counts(const core::LoadFacts& facts, const Map& map) {
  for (const core::TableLoad& load : facts.tables) {
    const auto table = map.tables().find(load.stored);
    if (table == map.tables().end()) continue;
    CAPTURE(load.stored);
    REQUIRE(counts_text(load) == counts_text(table->second.counts));
  }
}

}  // namespace reference
