// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"
#include "base/time.hpp"

#include <set>

#include <doctest/doctest.h>

using namespace std::chrono;

TEST_CASE("time: printed in UTC with milliseconds") {
  CHECK(base::iso_time(sys_days{2026y / 11 / 22} + 10h + 3min + 4s + 5ms) ==
        "2026-11-22T10:03:04.005Z");
  CHECK(base::iso_time(sys_days{1970y / 1 / 1}) == "1970-01-01T00:00:00.000Z");
  CHECK(base::iso_time(sys_days{1969y / 12 / 31} + 23h + 59min + 59s + 999ms) ==
        "1969-12-31T23:59:59.999Z");
}

TEST_CASE("time: read back as it was printed") {
  for (const sys_time<milliseconds> time :
       {sys_time<milliseconds>(0ms), sys_time<milliseconds>(-1ms),
        sys_time<milliseconds>(sys_days{2024y / 2 / 29} + 23h + 59min + 59s + 999ms)}) {
    CHECK(base::parse_iso_time(base::iso_time(time)) == time);
  }
}

TEST_CASE("time: what is no such time") {
  for (const char* text :
       {"", "2026-11-22", "2026-11-22T10:00:00Z", "2026-11-22 10:00:00.000Z",
        "2026-11-22T10:00:00.000z", "2026-11-22T10:00:00.000+", "2026-11-22T10:00:00.0000Z",
        "2026-02-29T10:00:00.000Z", "2026-13-01T10:00:00.000Z", "2026-00-01T10:00:00.000Z",
        "2026-11-22T24:00:00.000Z", "2026-11-22T10:60:00.000Z", "2026-11-22T10:00:60.000Z",
        "2026-11-22T-1:00:00.000Z"}) {
    CAPTURE(text);
    CHECK_FALSE(base::parse_iso_time(text).has_value());
  }
}

TEST_CASE("random: UUIDs have version 4 and do not repeat") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = base::uuid4();
    REQUIRE(id.size() == 36);
    for (std::size_t at = 0; at < id.size(); ++at) {
      const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
      REQUIRE((id[at] == '-') == dash);
    }
    CHECK(id.find_first_not_of("0123456789abcdef-") == std::string::npos);
    CHECK(id[14] == '4');
    CHECK(std::string_view("89ab").find(id[19]) != std::string_view::npos);
    seen.insert(id);
  }
  CHECK(seen.size() == 1000);
}
