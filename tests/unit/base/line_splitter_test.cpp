// SPDX-License-Identifier: Apache-2.0
#include "base/line_splitter.hpp"

#include <doctest/doctest.h>

namespace {

std::vector<std::string> split(const std::string& text, std::size_t piece) {
  std::vector<std::string> lines;
  const base::LineSink sink = [&](std::string_view line) { lines.emplace_back(line); };
  base::LineSplitter splitter;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    splitter.feed(std::string_view(text).substr(at, piece), sink);
  }
  splitter.finish(sink);
  return lines;
}

}  // namespace

TEST_CASE("lines: the same whatever the pieces") {
  const std::string text = "one\n\ntwo\r\nthree\rfour\n\r\nend";
  const std::vector<std::string> expected{"one", "", "two", "three\rfour", "", "end"};
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    CAPTURE(piece);
    CHECK(split(text, piece) == expected);
  }
  CHECK(split("", 1).empty());
  CHECK(split("a\n", 2) == std::vector<std::string>{"a"});
}

TEST_CASE("lines: a long one is cut at 64 KiB and loses nothing") {
  constexpr std::size_t kCut = base::LineSplitter::kLongest;
  for (const std::size_t length : {kCut - 1, kCut, kCut + 1, 2 * kCut, 2 * kCut + 1}) {
    const std::string line(length, 'x');
    for (const std::size_t piece : {std::size_t{1000}, kCut, length + 1}) {
      CAPTURE(length);
      CAPTURE(piece);
      const auto lines = split(line + "\nnext\n", piece);
      std::string joined;
      for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        CHECK(lines[i].size() <= kCut);
        CHECK_FALSE(lines[i].empty());
        joined += lines[i];
      }
      CHECK(joined == line);
      CHECK(lines.back() == "next");
    }
  }
}
