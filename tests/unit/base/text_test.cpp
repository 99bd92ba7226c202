// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

TEST_CASE("sizes and counts read well") {
  CHECK(base::human_bytes(0) == "0 B");
  CHECK(base::human_bytes(999) == "999 B");
  CHECK(base::human_bytes(1000) == "1.0 kB");
  CHECK(base::human_bytes(41'233) == "41.2 kB");
  CHECK(base::human_bytes(6'291'556) == "6.3 MB");
  CHECK(base::human_bytes(999'949) == "999.9 kB");
  CHECK(base::human_bytes(999'999) == "1.0 MB");
  CHECK(base::human_bytes(UINT64_MAX) == "18446744.1 TB");
  CHECK(base::human_count(0) == "0");
  CHECK(base::human_count(999) == "999");
  CHECK(base::human_count(1000) == "1,000");
  CHECK(base::human_count(1'234'567) == "1,234,567");
}

TEST_CASE("durations read well, also where they round up") {
  CHECK(base::human_duration(0us) == "0.00s");
  CHECK(base::human_duration(420ms) == "0.42s");
  CHECK(base::human_duration(59'994'999us) == "59.99s");
  CHECK(base::human_duration(59'996ms) == "1m 00s");
  CHECK(base::human_duration(192s) == "3m 12s");
  CHECK(base::human_duration(3599'600ms) == "1h 00m");
  CHECK(base::human_duration(303min) == "5h 03m");
  CHECK(base::human_duration(25h) == "25h 00m");
}

TEST_CASE("width counts columns, not bytes") {
  CHECK(base::display_width("Zoë") == 3);
  CHECK(base::display_width("e\xCC\x81") == 1);
  CHECK(base::display_width("日本") == 4);
  CHECK(base::display_width("ｆｕｌｌ") == 8);
  CHECK(base::display_width("한글") == 4);
  CHECK(base::display_width("\xF0\x9F\x9A\x80") == 2);  // U+1F680, a rocket
  CHECK(base::display_width("a\xE2\x80\x8D") == 1);     // U+200D, a joiner
  CHECK(base::display_width("שָׁלוֹם") == 4);
}

TEST_CASE("bytes that are no UTF-8 count one column each") {
  CHECK(base::display_width("\xFF") == 1);
  CHECK(base::display_width("\xE6\x97") == 2);          // cut short
  CHECK(base::display_width("\xC0\x80") == 2);          // a longer form than needed
  CHECK(base::display_width("\xE0\x80\x80") == 3);      // the same
  CHECK(base::display_width("\xED\xA0\x80") == 3);      // a surrogate
  CHECK(base::display_width("\xF4\x90\x80\x80") == 4);  // beyond U+10FFFF
  CHECK(base::visible("a\xFFz") == "a\xEF\xBF\xBDz");
}

TEST_CASE("long text gives way in the middle, whole characters only") {
  CHECK(base::elide_middle("short", 10) == "short");
  CHECK(base::elide_middle("short", 5) == "short");
  CHECK(base::elide_middle("abcdefghijklmnop", 10) == "abcdef…nop");
  CHECK(base::elide_middle("日本語日本語日本語日本語", 9) == "日本…本語");
  CHECK(base::elide_middle("abc", 2) == "…");
  CHECK(base::elide_middle("abc", 0) == "");
  const std::string text =
      "e\xCC\x81日a\x1B"
      "b語語語語c\xFF";
  for (std::size_t width = 0; width < 30; ++width) {
    CHECK(base::display_width(base::elide_middle(text, width)) <= width);
  }
}

TEST_CASE("control characters cannot reach the terminal") {
  CHECK(base::visible("a\x1B[31mb") == "a<U+001B>[31mb");
  CHECK(base::elide_middle("a\nb", 10) == "a\\nb");
  CHECK(base::visible("\xE2\x80\xAE"
                      "abc") == "<U+202E>abc");
  CHECK(base::visible("\xC2\x9B"
                      "31m") == "<U+009B>31m");
  CHECK(base::visible("two\nlines\tx\r") == "two\nlines x<U+000D>");
}

TEST_CASE("did you mean") {
  const std::string_view words[] = {"run", "replay", "record", "reset", "n"};
  CHECK(base::closest("rnu", words) == "run");
  CHECK(base::closest("recrod", words) == "record");
  CHECK(base::closest("rest", words) == "reset");
  CHECK(base::closest("run", words) == "run");
  CHECK(base::closest("zzz", words).empty());
  CHECK(base::closest("q", words).empty());
  CHECK(base::closest("", words).empty());
  CHECK(base::closest("run", {}).empty());
}

TEST_CASE("durations") {
  CHECK(base::parse_duration("90s").value() == 90s);
  CHECK(base::parse_duration("15m").value() == 15min);
  CHECK(base::parse_duration("6h").value() == 6h);
  CHECK(base::parse_duration("1h30m").value() == 90min);
  CHECK(base::parse_duration("1h2m3s4ms").value() == 3'723'004ms);
  CHECK(base::parse_duration("250ms").value() == 250ms);
  CHECK(base::parse_duration("1.5s").value() == 1500ms);
  CHECK(base::parse_duration("900").value() == 900s);
  CHECK(base::parse_duration("0").value() == 0ms);
}

TEST_CASE("what is no duration") {
  for (const char* text : {"", "soon", "-5s", "s", "1h30", "30m1h", "1s1s", "1d", "5 s", "1.s",
                           ".5s", "1e3s", "nan", "99999999999999999999s", "9999999h"}) {
    CAPTURE(text);
    const auto parsed = base::parse_duration(text);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().kind == base::ErrorKind::usage);
  }
  CHECK(base::parse_duration("soon").error().message ==
        "cannot read the duration \"soon\" (write 90s, 15m, 6h, 250ms or 1h30m)");
}

TEST_CASE("a text becomes one word of a shell") {
  CHECK(base::shell_quoted("python:main.py:f") == "python:main.py:f");
  CHECK(base::shell_quoted("{\"a\": 1}") == "'{\"a\": 1}'");
  CHECK(base::shell_quoted("it's") == "'it'\\''s'");
  CHECK(base::shell_quoted("") == "''");
}

TEST_CASE("text that runs from right to left is told and isolated without taking columns") {
  CHECK(base::runs_right_to_left("abc \u05E9\u05DC\u05D5\u05DD"));
  CHECK(base::runs_right_to_left("\u0645"));
  CHECK_FALSE(base::runs_right_to_left("caf\u00E9 \u6771\u4EAC 12"));
  const std::string isolated = base::isolated("\u0645\u0646");
  CHECK(isolated == "\u2068\u0645\u0646\u2069");
  CHECK(base::display_width(isolated) == 2);
}
