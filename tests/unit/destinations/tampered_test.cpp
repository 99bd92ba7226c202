// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_destination.hpp"
#include "destinations/stored_facts.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <limits>
#include <string>

#include <doctest/doctest.h>

using destinations::SqliteDestination;

// Our own tables, changed by somebody who can write the file.
namespace {

constexpr const char* kPage = R"({"state": {"page": 1}, "insert": {"a": [{"id": 1, "v": 1.5}]},
                                  "schema": {"a": {"primary_key": ["id", "v"]}}})";

struct Tampered {
  support::TempDir folder;
  support::PageBuilder pages;
  std::unique_ptr<SqliteDestination> destination;

  explicit Tampered(const std::string& sql) {
    open();
    REQUIRE(destination->load(pages.page(*destination->begin_sync("s", pages.now()), kPage)));
    REQUIRE(destination->db().execute(sql, "tamper with").has_value());
    open();
  }
  void open() {
    destination.reset();
    auto opened = SqliteDestination::open_file((folder.path() / "w.sqlite").string(), {});
    REQUIRE(opened.has_value());
    destination = std::move(*opened);
  }
  // A further sync.
  base::Result<core::LoadFacts> load() {
    return destination->load(pages.page(*destination->begin_sync("t", pages.now()), kPage));
  }
};

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_CASE("a position in a key that no key has costs neither memory nor the key's order") {
  for (const std::string position : {"9223372036854775807", "4000000000", "-1"}) {
    CAPTURE(position);
    Tampered w("UPDATE _fivetran_sim_columns SET key_position = " + position +
               " WHERE name = 'id'");
    const auto tables = w.destination->tables();
    REQUIRE(tables.has_value());
    const std::vector<std::string> key = (*tables)[0].primary_key;
    if (position == "-1")
      CHECK(key == std::vector<std::string>{"v"});
    else
      CHECK(key == std::vector<std::string>{"v", "id"});
  }
}

TEST_CASE("counters and times out of range are brought into it, and a sync goes on") {
  for (const std::string number : {"9223372036854775807", "-9223372036854775808"}) {
    CAPTURE(number);
    Tampered w("UPDATE _fivetran_sim_connection SET syncs = " + number + ", batches = " + number +
               ", sync_start = " + number + ", last_synced = " + number + ", state_at = " + number +
               "; UPDATE _fivetran_sim_tables SET row_count = " + number + ", batch = " + number +
               ", next_index = " + number + "; UPDATE _fivetran_sim_columns SET whole_digits = " +
               number + ", fraction_digits = " + number);
    CHECK(w.destination->state_history()->size() == 1);
    CHECK(w.load().has_value());
    CHECK((*w.destination->state())->state.json == R"({"page": 1})");
  }
}

TEST_CASE("what is stored is brought into the range that we write") {
  CHECK(destinations::stored_count(kMost) == std::int64_t{1} << 53);
  CHECK(destinations::stored_count(kLeast) == 0);
  CHECK(destinations::stored_number(kMost) == 1'000'000'000);
  CHECK(destinations::stored_digits(-5) == 0);
  CHECK(destinations::stored_time(kMost) ==
        core::WallTime(std::chrono::sys_days(std::chrono::year{9999} / 12 / 31)));
  CHECK(destinations::stored_time(kLeast) ==
        core::WallTime(std::chrono::sys_days(std::chrono::year{1} / 1 / 1)));
  CHECK(destinations::stored_time(1234).time_since_epoch().count() == 1234);
}
