// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"
#include "base/text.hpp"
#include "protocol/json_text.hpp"
#include "workflows/schema_lock.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace workflows {
namespace {

using Json = nlohmann::json;
using protocol::quote;

constexpr std::string_view kFormat = "fivetran-sim/schema/1";

// Reads the document; every failure names the file and the place.
class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {}

  base::Result<SchemaLock> read(const Json& root) {
    FSIM_TRY(check_keys(root, "the file", {"format", "naming", "contract", "tables"}));
    FSIM_ASSIGN(const std::string format, text(root, "the file", "format"));
    if (format != kFormat)
      return wrong("the file",
                   fmt::format("its format is {}, this version knows {}", format, kFormat));
    SchemaLock lock;
    FSIM_ASSIGN(lock.naming, text(root, "the file", "naming"));
    if (lock.naming != "fivetran" && lock.naming != "source")
      return wrong("naming", "it is fivetran or source");
    FSIM_TRY(read_contract(root, lock.contract));
    if (!root.contains("tables") || !root["tables"].is_object())
      return wrong("the file", "it needs an object `tables`");
    for (const auto& [name, table] : root["tables"].items()) {
      FSIM_ASSIGN(lock.tables[name], read_table(table, "table " + name));
    }
    return lock;
  }

 private:
  tl::unexpected<base::Error> wrong(const std::string& place, const std::string& what) const {
    return base::fail(base::ErrorKind::usage,
                      base::visible(fmt::format("cannot read {}: {}: {}", path_, place, what)));
  }

  base::Result<void> check_keys(const Json& object, const std::string& place,
                                std::vector<std::string_view> known) const {
    if (!object.is_object()) return wrong(place, "it must be an object");
    for (const auto& [key, value] : object.items()) {
      if (std::ranges::find(known, key) != known.end()) continue;
      const std::string_view best = base::closest(key, known);
      return wrong(place, fmt::format("unknown key \"{}\"{}", key,
                                      best.empty() ? "" : fmt::format("; did you mean {}?", best)));
    }
    return {};
  }

  base::Result<std::string> text(const Json& object, const std::string& place,
                                 const char* key) const {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string())
      return wrong(place, fmt::format("it needs a text `{}`", key));
    return found->get<std::string>();
  }

  base::Result<ContractWord> word(const Json& value, const std::string& place) const {
    const auto word = value.is_string() ? contract_word(value.get<std::string>()) : std::nullopt;
    if (!word) return wrong(place, "it is evolve, warn or freeze");
    return *word;
  }

  base::Result<void> read_contract(const Json& root, Contract& contract) const {
    const auto found = root.find("contract");
    if (found == root.end()) return {};
    FSIM_TRY(check_keys(*found, "contract", {"tables", "columns", "types"}));
    for (const auto& [key, value] : found->items()) {
      FSIM_ASSIGN(const ContractWord chosen, word(value, "contract." + key));
      (key == "tables"    ? contract.tables
       : key == "columns" ? contract.columns
                          : contract.types) = chosen;
    }
    return {};
  }

  base::Result<LockedTable> read_table(const Json& json, const std::string& place) const {
    FSIM_TRY(check_keys(json, place, {"source", "primary_key", "contract", "columns"}));
    LockedTable table;
    if (json.contains("source")) {
      FSIM_ASSIGN(table.source, text(json, place, "source"));
    }
    for (const Json& part : json.value("primary_key", Json::array())) {
      if (!part.is_string()) return wrong(place, "`primary_key` is a list of columns");
      table.primary_key.push_back(part.get<std::string>());
    }
    std::ranges::sort(table.primary_key);
    if (const auto contract = json.find("contract"); contract != json.end()) {
      FSIM_TRY(check_keys(*contract, place + ", contract", {"columns", "types"}));
      for (const auto& [key, value] : contract->items()) {
        FSIM_ASSIGN((key == "columns" ? table.columns_word : table.types_word),
                    word(value, fmt::format("{}, contract.{}", place, key)));
      }
    }
    if (!json.contains("columns") || !json["columns"].is_object())
      return wrong(place, "it needs an object `columns`");
    for (const auto& [name, value] : json["columns"].items()) {
      const auto type =
          value.is_string() ? core::column_type_named(value.get<std::string>()) : std::nullopt;
      if (!type)
        return wrong(fmt::format("{}, column {}", place, name), "its type is none of Fivetran's");
      table.columns[name] = *type;
    }
    return table;
  }

  std::string path_;
};

std::string words_text(const std::vector<std::pair<std::string_view, ContractWord>>& words) {
  std::vector<std::string> parts;
  parts.reserve(words.size());
  for (const auto& [part, word] : words)
    parts.push_back(fmt::format("\"{}\": \"{}\"", part, name(word)));
  return fmt::format("{{{}}}", fmt::join(parts, ", "));
}

std::string table_text(const std::string& name, const LockedTable& table) {
  std::vector<std::string> key, columns;
  key.reserve(table.primary_key.size());
  columns.reserve(table.columns.size());
  for (const std::string& part : table.primary_key) key.push_back(quote(part));
  for (const auto& [column, type] : table.columns)
    columns.push_back(fmt::format("        {}: \"{}\"", quote(column), core::name(type)));
  std::vector<std::pair<std::string_view, ContractWord>> words;
  if (table.columns_word) words.emplace_back("columns", *table.columns_word);
  if (table.types_word) words.emplace_back("types", *table.types_word);
  std::string text =
      fmt::format("    {}: {{\n      \"source\": {},\n      \"primary_key\": [{}],\n", quote(name),
                  quote(table.source), fmt::join(key, ", "));
  if (!words.empty()) text += fmt::format("      \"contract\": {},\n", words_text(words));
  return text +
         fmt::format("      \"columns\": {{\n{}\n      }}\n    }}", fmt::join(columns, ",\n"));
}

}  // namespace

base::Result<SchemaLock> read_schema_lock(const std::string& path) {
  auto text = base::read_file(path);
  if (!text)
    return base::fail(base::ErrorKind::usage,
                      text.error().message + " (write it with: fivetran-sim schema lock)");
  const Json root = Json::parse(*text, nullptr, false);
  if (root.is_discarded())
    return base::fail(base::ErrorKind::usage, fmt::format("cannot read {}: it is no JSON", path));
  return Reader(path).read(root);
}

std::string schema_lock_text(const SchemaLock& lock) {
  std::vector<std::string> tables;
  for (const auto& [name, table] : lock.tables) tables.push_back(table_text(name, table));
  return fmt::format(
      "{{\n  \"format\": \"{}\",\n  \"naming\": \"{}\",\n  \"contract\": {},\n  \"tables\": "
      "{{{}}}\n}}\n",
      kFormat, lock.naming,
      words_text({{"tables", lock.contract.tables},
                  {"columns", lock.contract.columns},
                  {"types", lock.contract.types}}),
      tables.empty() ? "" : fmt::format("\n{}\n  ", fmt::join(tables, ",\n")));
}

}  // namespace workflows
