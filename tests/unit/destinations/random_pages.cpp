// SPDX-License-Identifier: Apache-2.0
#include "random_pages.hpp"

#include <array>

#include <fmt/format.h>

namespace reference {
namespace {

using core::ColumnType;

// Texts, with the type that the contract gives them (§4.5, design §5).
const std::vector<std::vector<Sent>> kFamilies = {
    {{"5", "5", ColumnType::short_integer, false},
     {"-32768", "-32768", ColumnType::short_integer, false},
     {"70000", "70000", ColumnType::integer, false},
     {"5000000000", "5000000000", ColumnType::long_integer, false},
     {"9007199254740993", "9007199254740993", ColumnType::long_integer, true}},
    {{"0.5", "0.5", ColumnType::double_float, false},
     {"1e22", "1e22", ColumnType::double_float, false},
     {"2.50", "2.50", ColumnType::double_float, false},
     {"7", "7", ColumnType::short_integer, false}},
    {{"0.12345678901234567890", "0.12345678901234567890", ColumnType::decimal, false},
     {"12345678901234567890123", "12345678901234567890123", ColumnType::decimal, true},
     {"1.5", "1.5", ColumnType::double_float, false}},
    {{R"("2024-02-29")", "2024-02-29", ColumnType::local_date, false},
     {R"("2024-02-29T07:05")", "2024-02-29T07:05", ColumnType::local_date_time, false},
     {R"("2024-03-01T00:30:00.10+01:00")", "2024-03-01T00:30:00.10+01:00", ColumnType::instant,
      false}},
    {{"true", "true", ColumnType::boolean, false}, {"false", "false", ColumnType::boolean, false}},
    {{R"("abc")", "abc", ColumnType::string, false},
     {R"("")", "", ColumnType::string, false},
     {R"("a\"b\u00e9")", "a\"bé", ColumnType::string, false},
     {R"("007")", "007", ColumnType::string, false}},
    {{R"({"a": [1, 2.0]})", R"({"a":[1,2.0]})", ColumnType::json, false},
     {"[]", "[]", ColumnType::json, false}},
};

const Sent kNull = {"null", "", ColumnType::none, false};
constexpr std::array<const char*, 6> kColumns = {"ca", "cb", "cc", "cd", "ce", "cf"};

std::string rows_json(const std::vector<SentRow>& rows) {
  std::string text;
  for (const SentRow& row : rows) {
    std::string cells;
    for (const auto& [name, value] : row)
      cells += fmt::format("{}\"{}\": {}", cells.empty() ? "" : ", ", name, value.json);
    text += fmt::format("{}{{{}}}", text.empty() ? "" : ", ", cells);
  }
  return "[" + text + "]";
}

}  // namespace

// A column keeps to one family of values nearly always.
Sent RandomPages::value(std::size_t column) {
  if (chance(15)) return kNull;
  const std::size_t family = chance(1) ? below(kFamilies.size()) : column;
  const std::vector<Sent>& values = kFamilies[family];
  return values[chance(80) ? below(2) % values.size() : below(values.size())];
}

Sent RandomPages::key_value() {
  if (chance(1)) return kNull;
  const std::string number = std::to_string(below(25));
  if (chance(2)) return {number + ".0", number + ".0", ColumnType::double_float, false};
  if (pages_ > 15 && chance(2)) return {'"' + number + '"', number, ColumnType::string, false};
  return {number, number, ColumnType::short_integer, false};
}

SentRow RandomPages::row(const std::vector<std::string>& key, bool with_columns) {
  SentRow row;
  for (const std::string& part : key)
    if (!chance(1)) row.emplace_back(part, key_value());
  if (!with_columns) return row;
  const std::size_t columns = pages_ < 4 ? 3 : kColumns.size();
  for (std::size_t c = 0; c < columns; ++c)
    if (chance(85)) row.emplace_back(kColumns[c], value(c));
  return row;
}

SentPage RandomPages::next() {
  ++pages_;
  SentPage page;
  const std::map<std::string, std::vector<std::string>> keys = {
      {"one", {"id"}}, {"two", {"a", "b"}}, {"log", {}}};
  for (const auto& [name, key] : keys) {
    if (chance(25)) continue;
    SentTable& table = page[name];
    for (std::size_t i = below(12); i > 0; --i) table.inserts.push_back(row(key, true));
    if (chance(40))
      for (std::size_t i = below(5); i > 0; --i) table.deletes.push_back(row(key, false));
    table.soft_delete = chance(8);
    const bool leave_out = keyed_before_[name] && chance(10);
    if (!leave_out) table.schema_key = key;
    // From the first page on that surely stores rows the table keeps its key by itself.
    keyed_before_[name] = keyed_before_[name] || table.inserts.size() > 6;
  }
  return page;
}

std::string RandomPages::json(const SentPage& page, int cursor) const {
  std::string inserts, deletes, schema, soft;
  const auto add = [](std::string& to, const std::string& member) {
    to += (to.empty() ? "" : ", ") + member;
  };
  for (const auto& [name, table] : page) {
    add(inserts, fmt::format("\"{}\": {}", name, rows_json(table.inserts)));
    if (!table.deletes.empty())
      add(deletes, fmt::format("\"{}\": {}", name, rows_json(table.deletes)));
    if (table.soft_delete) add(soft, fmt::format("\"{}\"", name));
    if (table.schema_key.empty()) continue;
    std::string key;
    for (const std::string& part : table.schema_key) add(key, fmt::format("\"{}\"", part));
    add(schema, fmt::format("\"{}\": {{\"primary_key\": [{}]}}", name, key));
  }
  return fmt::format(
      R"({{"state": {{"cursor": {}}}, "insert": {{{}}}, "delete": {{{}}}, "schema": {{{}}}, )"
      R"("softDelete": [{}], "hasMore": true}})",
      cursor, inserts, deletes, schema, soft);
}

}  // namespace reference
