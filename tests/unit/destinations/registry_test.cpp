// SPDX-License-Identifier: Apache-2.0
#include "destinations/registry.hpp"

#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <filesystem>

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using base::ErrorKind;

namespace {

base::Error error_of(std::string_view url, std::string_view schema = "",
                     const destinations::OpenOptions& options = {}) {
  const auto opened = destinations::open(url, schema, options);
  REQUIRE_FALSE(opened.has_value());
  return opened.error();
}

bool says(const base::Error& error, std::string_view text) {
  INFO(error.message);
  return error.message.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("what is wrong with a destination's name is told with what to type") {
  CHECK(says(error_of("postgresql:localhost/db"), "give postgresql://USER@HOST/DATABASE"));
  CHECK(says(error_of("postgres:db"), "// is missing"));
  CHECK_FALSE(says(error_of("postgre://u:secretive@h/db"), "secretive"));
  CHECK(says(error_of("duckdb:"), "duckdb:PATH"));
  CHECK(says(error_of("sqlit:w.sqlite"), "did you mean sqlite:?"));
  CHECK(says(error_of("mysql://x"), "use sqlite:PATH, postgresql://…, duckdb:PATH or memory:"));
  CHECK(says(error_of("w.sqlite"), "did you mean sqlite:w.sqlite?"));
  CHECK(says(error_of("sqlite:"), "sqlite:PATH"));
  CHECK(says(error_of("memory:x"), "takes no name"));
  for (const char* url : {"postgresql:x", "sqlit:w", "w", "sqlite:", "duckdb:", "memory:x"})
    CHECK(error_of(url).kind == ErrorKind::usage);
}

TEST_CASE("a schema name that Fivetran refuses is refused") {
  CHECK(says(error_of("memory:", "My Schema"), "cannot use the schema name My Schema"));
  CHECK(error_of("memory:", "1x").kind == ErrorKind::usage);
}

TEST_CASE("the default schema lies in the file, another one beside it") {
  const support::TempDir folder;
  const std::string path = (folder.path() / "deep" / "er" / "w.sqlite").string();
  for (const std::string schema : {"", "aws_lambda", "other"}) {
    auto opened = destinations::open("sqlite:" + path, schema, {});
    REQUIRE(opened.has_value());
    REQUIRE((*opened)->adopt({"cmd:" + schema}).has_value());
    CHECK((*opened)->describe() == "sqlite:" + path + (schema == "other" ? ".other" : ""));
  }
  CHECK(fs::exists(path));
  CHECK(fs::exists(path + ".other"));
  auto main = destinations::open("sqlite:" + path, "", {});
  CHECK((*(*main)->connection())->target == "cmd:aws_lambda");
  auto other = destinations::open("sqlite:" + path, "other", {});
  CHECK((*(*other)->connection())->target == "cmd:other");
}

TEST_CASE("memory: is a fresh one each time") {
  auto first = destinations::open("memory:", "", {});
  REQUIRE((*first)->adopt({"cmd:x"}).has_value());
  auto second = destinations::open("memory:", "", {});
  CHECK_FALSE((*second)->connection()->has_value());
}

TEST_CASE("a program-made file name cannot be taken for a URI") {
  const support::TempDir folder;
  const auto before = fs::current_path();
  fs::current_path(folder.path());
  auto opened = destinations::open("sqlite:file:w?mode=memory", "", {});
  REQUIRE(opened.has_value());
  REQUIRE((*opened)->adopt({"cmd:x"}).has_value());
  CHECK(fs::exists("file:w?mode=memory"));
  fs::current_path(before);
}
