// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

namespace log = base::log;

// What one line of each level gives.
std::vector<std::string> lines_at(int verbosity) {
  std::vector<std::string> lines;
  log::set_verbosity(verbosity);
  log::redirect([&lines](std::string_view line) { lines.emplace_back(line); });
  log::error("one");
  log::warning("two");
  log::info("three");
  log::debug("four");
  log::trace("five");
  log::redirect({});
  log::set_verbosity(0);
  return lines;
}

}  // namespace

TEST_CASE("log: each -v shows one level more") {
  CHECK(lines_at(0) ==
        std::vector<std::string>{"fivetran-sim: error: one", "fivetran-sim: warning: two"});
  CHECK(lines_at(-1).size() == 2);
  CHECK(lines_at(1).back() == "fivetran-sim: info: three");
  CHECK(lines_at(2).back() == "fivetran-sim: debug: four");
  CHECK(lines_at(3).size() == 5);
  CHECK(lines_at(9).size() == 5);
}

TEST_CASE("log: what would be shown can be asked") {
  CHECK(log::enabled(log::Level::warning));
  CHECK_FALSE(log::enabled(log::Level::info));
  log::set_verbosity(2);
  CHECK(log::enabled(log::Level::debug));
  CHECK_FALSE(log::enabled(log::Level::trace));
  log::set_verbosity(0);
}

TEST_CASE("log: text is taken as it is, but cannot move the cursor") {
  std::string line;
  log::redirect([&line](std::string_view text) { line = text; });
  log::warning("{} %d \x1B[2J");
  log::redirect({});
  CHECK(line == "fivetran-sim: warning: {} %d <U+001B>[2J");
}
