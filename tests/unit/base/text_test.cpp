// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

TEST_CASE("sizes, durations and counts read well") {
  CHECK(base::human_bytes(999) == "999 B");
  CHECK(base::human_bytes(41'233) == "41.2 kB");
  CHECK(base::human_bytes(6'291'556) == "6.3 MB");
  CHECK(base::human_bytes(999'999) == "1.0 MB");
  CHECK(base::human_duration(420ms) == "0.42s");
  CHECK(base::human_duration(192s) == "3m 12s");
  CHECK(base::human_duration(303min) == "5h 03m");
  CHECK(base::human_count(1'234'567) == "1,234,567");
  CHECK(base::human_count(12) == "12");
}

TEST_CASE("width counts columns, not bytes") {
  CHECK(base::display_width("Zoë") == 3);
  CHECK(base::display_width("e\xCC\x81") == 1);
  CHECK(base::display_width("日本") == 4);
  CHECK(base::display_width("\xFF") == 1);
}

TEST_CASE("long text gives way in the middle, whole characters only") {
  CHECK(base::elide_middle("short", 10) == "short");
  CHECK(base::elide_middle("abcdefghijklmnop", 10) == "abcdef…nop");
  CHECK(base::display_width(base::elide_middle("日本語日本語日本語日本語", 9)) <= 9);
}

TEST_CASE("control characters cannot reach the terminal") {
  CHECK(base::visible("a\x1B[31mb") == "a<U+001B>[31mb");
  CHECK(base::elide_middle("a\nb", 10) == "a\\nb");
  CHECK(base::visible("\xE2\x80\xAE"
                      "abc") == "<U+202E>abc");
  CHECK(base::visible("two\nlines") == "two\nlines");
}

TEST_CASE("did you mean") {
  const std::string_view words[] = {"run", "replay", "record", "reset"};
  CHECK(base::closest("rnu", words) == "run");
  CHECK(base::closest("recrod", words) == "record");
  CHECK(base::closest("zzz", words).empty());
}

TEST_CASE("durations") {
  CHECK(base::parse_duration("90s").value() == 90s);
  CHECK(base::parse_duration("1h30m").value() == 90min);
  CHECK(base::parse_duration("250ms").value() == 250ms);
  CHECK(base::parse_duration("1.5s").value() == 1500ms);
  CHECK(base::parse_duration("900").value() == 900s);
  CHECK_FALSE(base::parse_duration("soon"));
  CHECK_FALSE(base::parse_duration(""));
  CHECK_FALSE(base::parse_duration("-5s"));
}
