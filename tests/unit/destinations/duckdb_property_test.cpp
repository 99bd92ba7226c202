// SPDX-License-Identifier: Apache-2.0
#include "destinations/registry.hpp"
#include "random_pages.hpp"
#include "reference_map.hpp"
#include "stream_check.hpp"
#include "support/duckdb.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace {

std::unique_ptr<core::Destination> opened(const std::string& path, core::DeleteMode mode) {
  destinations::OpenOptions options;
  options.delete_mode = mode;
  options.duckdb_library = support::duckdb_library();
  auto destination = destinations::open("duckdb:" + path, "", options);
  REQUIRE_MESSAGE(destination.has_value(), (destination ? "" : destination.error().message));
  return std::move(*destination);
}

// As property_test.cpp does it for SQLite.
void run_stream(std::uint64_t seed, core::DeleteMode mode) {
  CAPTURE(seed);
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.duckdb").string();
  std::unique_ptr<core::Destination> destination = opened(path, mode);
  reference::RandomPages source(seed);
  reference::Map map(mode);
  support::PageBuilder pages;
  int sync = 0;
  for (int number = 0; number < 20; ++number) {
    CAPTURE(number);
    if (number % 6 == 0) sync = *destination->begin_sync("s", pages.now());
    const reference::SentPage page = source.next();
    const std::string json = source.json(page, number);
    CAPTURE(json);
    const auto facts = destination->load(pages.page(sync, json));
    REQUIRE_MESSAGE(facts.has_value(), (facts ? "" : facts.error().message));
    map.apply(sync, page);
    reference::check_tables(*destination, map);
    reference::check_counts(*facts, map);
    REQUIRE((*destination->state())->state.json == fmt::format("{{\"cursor\": {}}}", number));
    if (number % 10 != 9) continue;
    destination.reset();
    destination = opened(path, mode);
    reference::check_tables(*destination, map);
  }
}

}  // namespace

TEST_CASE("random streams into DuckDB leave what a plain map holds, with hard deletes" *
          doctest::skip(support::without_duckdb())) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) run_stream(seed, core::DeleteMode::hard);
}

TEST_CASE("random streams into DuckDB leave what a plain map holds, with soft deletes" *
          doctest::skip(support::without_duckdb())) {
  for (std::uint64_t seed = 101; seed <= 104; ++seed) run_stream(seed, core::DeleteMode::soft);
}
