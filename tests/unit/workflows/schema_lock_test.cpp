// SPDX-License-Identifier: Apache-2.0
#include "workflows/schema_lock.hpp"

#include "support/temp_dir.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using core::ColumnType;
using workflows::ContractWord;
using workflows::Impact;
using workflows::SchemaLock;

namespace {

core::Table table(const std::string& name, std::vector<std::string> key,
                  const std::vector<std::pair<std::string, ColumnType>>& columns) {
  core::Table made;
  made.name = made.source = name;
  made.primary_key = std::move(key);
  for (const auto& [column, type] : columns) {
    core::Column& added = made.columns.emplace_back();
    added.name = added.source = column;
    added.type = type;
  }
  return made;
}

std::vector<core::Table> one_column(ColumnType type) {
  return {table("t", {"id"}, {{"id", ColumnType::long_integer}, {"v", type}})};
}

// What a column locked as `before` that is `after` now gives: "same", or the impact.
std::string changed(ColumnType before, ColumnType after) {
  const SchemaLock lock = workflows::lock_of(one_column(before), "fivetran", nullptr);
  const auto drifts = workflows::compare_with_lock(lock, one_column(after), "fivetran");
  return drifts.empty() ? "same" : std::string(name(drifts.at(0).impact));
}

}  // namespace

TEST_CASE("a type that the locked one holds is as locked, whatever the rows needed") {
  CHECK(changed(ColumnType::long_integer, ColumnType::short_integer) == "same");
  CHECK(changed(ColumnType::decimal, ColumnType::double_float) == "same");
  CHECK(changed(ColumnType::instant, ColumnType::local_date) == "same");
  CHECK(changed(ColumnType::string, ColumnType::boolean) == "same");
  CHECK(changed(ColumnType::json, ColumnType::string) == "same");
}

TEST_CASE("a wider number or time is safe, another kind of value breaks what reads it") {
  CHECK(changed(ColumnType::short_integer, ColumnType::long_integer) == "safe");
  CHECK(changed(ColumnType::long_integer, ColumnType::double_float) == "safe");
  CHECK(changed(ColumnType::local_date, ColumnType::instant) == "safe");
  CHECK(changed(ColumnType::long_integer, ColumnType::string) == "breaking");
  CHECK(changed(ColumnType::boolean, ColumnType::long_integer) == "breaking");
  CHECK(changed(ColumnType::string, ColumnType::json) == "breaking");
}

TEST_CASE("a double that would change a locked integer type counts as wider") {
  auto now = one_column(ColumnType::double_float);
  now[0].columns[1].beyond_double = true;
  const SchemaLock lock =
      workflows::lock_of(one_column(ColumnType::double_float), "fivetran", nullptr);
  const auto drifts = workflows::compare_with_lock(lock, now, "fivetran");
  REQUIRE(drifts.size() == 1);
  CHECK(drifts[0].impact == Impact::safe);
}

TEST_CASE("the order of a key's columns does not matter, its columns do") {
  const std::vector<std::pair<std::string, ColumnType>> columns = {{"a", ColumnType::string},
                                                                   {"b", ColumnType::string}};
  const SchemaLock lock =
      workflows::lock_of({table("t", {"b", "a"}, columns)}, "fivetran", nullptr);
  CHECK(workflows::compare_with_lock(lock, {table("t", {"a", "b"}, columns)}, "fivetran").empty());
  const auto drifts = workflows::compare_with_lock(lock, {table("t", {}, columns)}, "fivetran");
  REQUIRE(drifts.size() == 1);
  CHECK(text_of(drifts[0]) == "key of t: a, b → none");
  CHECK(drifts[0].impact == Impact::needs_resync);
}

TEST_CASE("a lock reads back as it was written, with odd names and its words") {
  SchemaLock lock = workflows::lock_of({table("a\"b", {}, {{"new\nline", ColumnType::json}}),
                                        table("z", {"id"}, {{"id", ColumnType::instant}})},
                                       "source", nullptr);
  lock.contract.types = ContractWord::warn;
  lock.tables.at("z").columns_word = ContractWord::evolve;
  const support::TempDir folder;
  const std::string path = folder.write("lock.json", schema_lock_text(lock));
  const auto read = workflows::read_schema_lock(path);
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message));
  CHECK(schema_lock_text(*read) == schema_lock_text(lock));
  CHECK(read->contract.types == ContractWord::warn);
  CHECK(read->contract.tables == ContractWord::freeze);
  CHECK(read->tables.at("z").columns_word == ContractWord::evolve);
  CHECK(read->tables.at("a\"b").columns.at("new\nline") == ColumnType::json);
}

TEST_CASE("locking again keeps the words of the lock before") {
  SchemaLock before = workflows::lock_of(one_column(ColumnType::string), "fivetran", nullptr);
  before.contract.columns = ContractWord::evolve;
  before.tables.at("t").types_word = ContractWord::warn;
  const SchemaLock after = workflows::lock_of(one_column(ColumnType::json), "fivetran", &before);
  CHECK(after.contract.columns == ContractWord::evolve);
  CHECK(after.tables.at("t").types_word == ContractWord::warn);
  CHECK(after.tables.at("t").columns.at("v") == ColumnType::json);
}
