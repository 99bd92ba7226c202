// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_destination.hpp"
#include "random_pages.hpp"
#include "reference_map.hpp"
#include "stream_check.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using destinations::OpenOptions;
using destinations::SqliteDestination;

namespace {

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
      reference::check_tables(*destination, map);
      reference::check_counts(*facts, map);
      REQUIRE((*destination->state())->state.json == fmt::format("{{\"cursor\": {}}}", number));
      if (number % 10 == 9) {
        destination.reset();
        auto again = SqliteDestination::open_file(path, options);
        REQUIRE(again.has_value());
        destination = std::move(*again);
        reference::check_tables(*destination, map);
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
    reference::check_tables(destination, map);
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
