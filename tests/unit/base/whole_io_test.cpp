// SPDX-License-Identifier: Apache-2.0
#include "base/whole_io.hpp"

#include "base/files.hpp"
#include "support/temp_dir.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

struct Lines {
  std::vector<std::string> pieces;
  base::Result<std::optional<base::Hash128>> hash;
};

Lines lines_of(const std::string& content, bool all = true) {
  const support::TempDir dir;
  const std::string path = (dir.path() / "file").string();
  REQUIRE(base::write_file_atomically(path, content));
  Lines lines;
  lines.hash = base::read_file_lines(path, [&](std::string_view piece) {
    lines.pieces.emplace_back(piece);
    return all;
  });
  return lines;
}

std::string joined(const std::vector<std::string>& pieces) {
  std::string all;
  for (const std::string& piece : pieces) all += piece;
  return all;
}

}  // namespace

TEST_CASE("a file is read by whole lines, with the hash of its bytes") {
  const std::string short_lines = [] {
    std::string text;
    for (int line = 0; text.size() < 700'000; ++line) text += std::to_string(line * 7919) + "\n";
    return text;
  }();
  const std::string long_line(600'000, 'x');
  for (const std::string& content :
       {std::string(), std::string("\n"), std::string("a"), short_lines, short_lines + "no end",
        long_line, long_line + "\n" + short_lines, short_lines + long_line + "\nend"}) {
    const Lines lines = lines_of(content);
    CHECK(joined(lines.pieces) == content);
    REQUIRE(lines.hash);
    CHECK(*lines.hash == base::hash128(content));
    for (std::size_t k = 0; k + 1 < lines.pieces.size(); ++k) CHECK(lines.pieces[k].back() == '\n');
  }
  CHECK(lines_of(short_lines).pieces.size() > 1);
}

TEST_CASE("who wants no more lines gets no more, and no hash") {
  const Lines lines = lines_of(std::string(300'000, '\n'), false);
  CHECK(lines.pieces.size() == 1);
  REQUIRE(lines.hash);
  CHECK_FALSE(*lines.hash);
}

TEST_CASE("a file that is not there is told by name") {
  const auto read = base::read_file_lines("/nowhere/file", [](std::string_view) { return true; });
  REQUIRE_FALSE(read);
  CHECK(read.error().message == "cannot read /nowhere/file: no such file or directory");
}
