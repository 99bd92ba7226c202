// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"
#include "base/time.hpp"

#include <set>

#include <doctest/doctest.h>

TEST_CASE("times are printed in UTC with milliseconds") {
  using namespace std::chrono;
  CHECK(base::iso_time(sys_days{2026y / 11 / 22} + 10h + 3min + 4s + 5ms) ==
        "2026-11-22T10:03:04.005Z");
  CHECK(base::iso_time(sys_days{1970y / 1 / 1}) == "1970-01-01T00:00:00.000Z");
}

TEST_CASE("UUIDs have version 4 and do not repeat") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = base::uuid4();
    REQUIRE(id.size() == 36);
    CHECK(id[14] == '4');
    CHECK((id[19] == '8' || id[19] == '9' || id[19] == 'a' || id[19] == 'b'));
    seen.insert(id);
  }
  CHECK(seen.size() == 1000);
}
