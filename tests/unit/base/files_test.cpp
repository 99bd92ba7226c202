// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"

#include "support/temp_dir.hpp"

#include <filesystem>

#include <doctest/doctest.h>

TEST_CASE("a file is replaced as a whole and leaves nothing beside it") {
  const support::TempDir dir;
  const std::string path = dir.write("a.json", "old");
  REQUIRE(base::write_file_atomically(path, "new"));
  CHECK(base::read_file(path).value() == "new");
  const auto entries = std::distance(std::filesystem::directory_iterator(dir.path()), {});
  CHECK(entries == 1);
}

TEST_CASE("what cannot be read or written is told in one line") {
  const support::TempDir dir;
  const std::string missing = (dir.path() / "no" / "file").string();
  CHECK(base::read_file(missing).error().message ==
        "cannot read " + missing + ": no such file or directory");
  CHECK(base::write_file_atomically(missing, "x").error().message ==
        "cannot write " + missing + ": no such file or directory");
  CHECK_FALSE(base::read_file(dir.path().string()));
}
