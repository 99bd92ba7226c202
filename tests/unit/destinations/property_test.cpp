// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_destination.hpp"
#include "random_pages.hpp"
#include "reference_map.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

using destinations::OpenOptions;
using destinations::SqliteDestination;

namespace {

using Lines = std::vector<std::string>;

Lines expected_rows(const reference::Table& table) {
  Lines lines;
  for (const reference::Row& row : table.rows) {
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

Lines stored_rows(SqliteDestination& destination, const std::string& name,
                  const reference::Table& table) {
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

std::string counts_text(const reference::Counts& c) {
  return fmt::format("{} {} {} {} {} {} {} {}", c.inserted, c.replaced, c.unchanged, c.lacking,
                     c.deleted, c.soft_marked, c.unknown_deletes, c.rejected);
}

std::string counts_text(const core::TableLoad& c) {
  return fmt::format("{} {} {} {} {} {} {} {}", c.inserted, c.replaced, c.unchanged, c.lacking,
                     c.deleted, c.soft_marked, c.unknown_deletes, c.rejected);
}

void check_tables(SqliteDestination& destination, const reference::Map& map) {
  const auto tables = destination.tables();
  REQUIRE(tables.has_value());
  REQUIRE(tables->size() == map.tables().size());
  for (const core::Table& stored : *tables) {
    CAPTURE(stored.name);
    const reference::Table& table = map.tables().at(stored.name);
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

void check_counts(const core::LoadFacts& facts, const reference::Map& map) {
  for (const core::TableLoad& load : facts.tables) {
    const auto table = map.tables().find(load.stored);
    if (table == map.tables().end()) continue;
    CAPTURE(load.stored);
    REQUIRE(counts_text(load) == counts_text(table->second.counts));
  }
}

// Lets no page of the file be added: the next load runs into a full disk sooner or later.
void limit_pages(SqliteDestination& destination, bool limited) {
  REQUIRE(destination.db()
              .execute(limited ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1073741823",
                       "limit")
              .has_value());
}

struct Stream {
  std::uint64_t seed = 0;
  core::DeleteMode mode = core::DeleteMode::hard;
  int failures = 0;

  void run() {
    const support::TempDir folder;
    const std::string path = (folder.path() / "w.sqlite").string();
    OpenOptions options;
    options.delete_mode = mode;
    auto opened = SqliteDestination::open_file(path, options);
    REQUIRE(opened.has_value());
    std::unique_ptr<SqliteDestination> destination = std::move(*opened);
    reference::RandomPages source(seed);
    reference::Map map(mode);
    support::PageBuilder pages;
    int sync = 0;
    for (int number = 0; number < 30; ++number) {
      CAPTURE(number);
      if (number % 6 == 0) sync = *destination->begin_sync("s", pages.now());
      const reference::SentPage page = source.next();
      const std::string json = source.json(page, number);
      CAPTURE(json);
      const core::LoadBatch batch = pages.page(sync, json);
      auto facts = number % 4 == 3 ? load_with_full_disk(*destination, map, batch)
                                   : destination->load(batch);
      if (!facts) facts = destination->load(batch);
      REQUIRE_MESSAGE(facts.has_value(), (facts ? "" : facts.error().message));
      map.apply(sync, page);
      check_tables(*destination, map);
      check_counts(*facts, map);
      REQUIRE((*destination->state())->state.json == fmt::format("{{\"cursor\": {}}}", number));
      if (number % 10 == 9) {
        destination.reset();
        auto again = SqliteDestination::open_file(path, options);
        REQUIRE(again.has_value());
        destination = std::move(*again);
        check_tables(*destination, map);
      }
    }
  }

  // A load that fails in the middle must leave rows and state as they were. It may also work, when
  // the page finds room in the file.
  base::Result<core::LoadFacts> load_with_full_disk(SqliteDestination& destination,
                                                    const reference::Map& map,
                                                    const core::LoadBatch& batch) {
    const std::string before = (*destination.state())->state.json;
    limit_pages(destination, true);
    auto facts = destination.load(batch);
    limit_pages(destination, false);
    if (facts) return facts;
    ++failures;
    REQUIRE(facts.error().kind == base::ErrorKind::environment);
    REQUIRE(facts.error().message.find("the disk is full") != std::string::npos);
    REQUIRE((*destination.state())->state.json == before);
    check_tables(destination, map);
    return facts;
  }
};

}  // namespace

TEST_CASE("random streams of responses leave what a plain map holds, with hard deletes") {
  int failures = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    Stream stream{seed, core::DeleteMode::hard, 0};
    stream.run();
    failures += stream.failures;
  }
  CHECK(failures > 0);
}

TEST_CASE("random streams of responses leave what a plain map holds, with soft deletes") {
  for (std::uint64_t seed = 101; seed <= 106; ++seed) {
    CAPTURE(seed);
    Stream{seed, core::DeleteMode::soft, 0}.run();
  }
}
