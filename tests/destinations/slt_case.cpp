// SPDX-License-Identifier: Apache-2.0
#include "slt_case.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace slt {
namespace {

using Lines = std::vector<std::string>;

std::string join(const Lines& parts) {
  return fmt::format("{}", fmt::join(parts, ","));
}

std::string row_text(const std::vector<std::optional<std::string>>& row) {
  Lines cells;
  for (const std::optional<std::string>& cell : row)
    cells.push_back(!cell ? "NULL" : cell->empty() ? "(empty)" : *cell);
  return fmt::format("{}", fmt::join(cells, "|"));
}

std::string widened_text(const std::vector<core::Widened>& widened) {
  Lines parts;
  for (const core::Widened& one : widened)
    parts.push_back(fmt::format("{}:{}->{}@{}", one.column, core::name(one.from),
                                core::name(one.to), one.position));
  return join(parts);
}

std::string examples_text(const std::vector<core::RowExample>& examples) {
  Lines parts;
  for (const core::RowExample& one : examples) {
    std::string part = fmt::format("{}@{}", one.key, one.position);
    if (!one.columns.empty()) part += fmt::format("({})", fmt::join(one.columns, " "));
    parts.push_back(std::move(part));
  }
  return join(parts);
}

std::map<std::string, std::string> fields_of(const core::TableLoad& load) {
  return {{"stored", load.stored},
          {"inserted", std::to_string(load.inserted)},
          {"replaced", std::to_string(load.replaced)},
          {"unchanged", std::to_string(load.unchanged)},
          {"deleted", std::to_string(load.deleted)},
          {"soft_marked", std::to_string(load.soft_marked)},
          {"unknown_deletes", std::to_string(load.unknown_deletes)},
          {"rejected", std::to_string(load.rejected)},
          {"lacking", std::to_string(load.lacking)},
          {"lacking_in_all", join(load.lacking_in_all)},
          {"lacking_examples", examples_text(load.lacking_examples)},
          {"unknown_delete_examples", examples_text(load.unknown_delete_examples)},
          {"widened", widened_text(load.widened)},
          {"created", load.created ? "true" : "false"},
          {"added_columns", join(load.added_columns)},
          {"key_changed", load.key_changed ? "true" : "false"},
          {"stored_rows_before_sync", std::to_string(load.stored_rows_before_sync)}};
}

Lines difference(const Lines& expected, const Lines& actual) {
  if (expected == actual) return {};
  Lines text;
  for (const std::string& line : expected) text.push_back("  expected: " + line);
  for (const std::string& line : actual) text.push_back("  actual:   " + line);
  if (actual.empty()) text.emplace_back("  actual:   nothing");
  return text;
}

// For `… fails: TEXT`: what is wrong when the error is `error`, or when there was none.
Lines check_failure(const Block& block, const std::string* error) {
  const std::string wanted = block.argument.substr(std::string("fails: ").size());
  if (error == nullptr) return {"  expected to fail, but it worked"};
  if (error->find(wanted) == std::string::npos) return {"  failed otherwise: " + *error};
  return {};
}

bool must_fail(const Block& block) {
  return block.argument.starts_with("fails: ");
}

}  // namespace

base::Result<void> Case::open() {
  if (destination_) return {};
  FSIM_ASSIGN(destination_, opener_(options_));
  return {};
}

Lines Case::run(const Block& block) {
  if (block.command == "option") return set_option(block);
  if (const auto opened = open(); !opened) return {"  " + opened.error().message};
  if (block.command == "sync") {
    const auto sync = destination_->begin_sync("a", pages_.now());
    if (!sync) return {"  " + sync.error().message};
    sync_ = *sync;
    return {};
  }
  if (block.command == "page") return load(block);
  if (block.command == "query") return query(block);
  if (block.command == "table") return difference(block.expected, shape(block.argument));
  if (block.command == "facts") return facts(block);
  if (block.command == "state") {
    const auto state = destination_->state();
    return difference(block.expected, {state && *state ? (*state)->state.json : "none"});
  }
  return {"  unknown command " + block.command};
}

Lines Case::set_option(const Block& block) {
  using namespace destinations;
  const std::map<std::string, std::function<void()>> options = {
      {"delete-mode soft", [this] { options_.delete_mode = core::DeleteMode::soft; }},
      {"batch response", [this] { options_.batch = BatchMode::per_response; }},
      {"cutoff response", [this] { options_.cutoff = SoftDeleteCutoff::response; }},
      {"naming source", [this] { options_.naming = protocol::Naming::source; }},
      {"key-null load", [this] { options_.null_keys = NullKeys::load; }},
      {"key-change keep", [this] { options_.key_change = KeyChange::keep; }},
      {"duplicate-winner first", [this] { options_.duplicate_winner = DuplicateWinner::first; }},
      {"fraction decimal", [this] { pages_.types.fraction_as_decimal = true; }},
      {"dates none", [this] { pages_.types.dates = false; }},
      {"arrays string", [this] { pages_.types.arrays_as_json = false; }}};
  const auto option = options.find(block.argument);
  if (option == options.end()) return {"  unknown option " + block.argument};
  option->second();
  return {};
}

Lines Case::load(const Block& block) {
  if (sync_ == 0) {
    const auto sync = destination_->begin_sync("a", pages_.now());
    if (!sync) return {"  " + sync.error().message};
    sync_ = *sync;
  }
  const core::LoadBatch batch = pages_.page(sync_, expanded(block.body));
  if (!batch.response.is_object()) return {"  the page is no JSON object"};
  const auto loaded = destination_->load(batch);
  if (must_fail(block)) return check_failure(block, loaded ? nullptr : &loaded.error().message);
  if (!loaded) return {"  " + loaded.error().message};
  facts_ = *loaded;
  return {};
}

Lines Case::query(const Block& block) {
  const auto result = destination_->query(block.body);
  if (must_fail(block)) return check_failure(block, result ? nullptr : &result.error().message);
  if (!result) return {"  " + result.error().message};
  Lines rows;
  for (const auto& row : result->rows) rows.push_back(row_text(row));
  return difference(block.expected, rows);
}

Lines Case::shape(const std::string& name) {
  const auto tables = destination_->tables();
  if (!tables) return {tables.error().message};
  const auto table = std::ranges::find(*tables, name, &core::Table::name);
  if (table == tables->end()) return {"none"};
  Lines lines;
  for (const core::Column& column : table->columns)
    lines.push_back(
        fmt::format("{} {}{}", column.name, core::name(column.type), column.key ? " key" : ""));
  return lines;
}

Lines Case::facts(const Block& block) {
  const auto load = std::ranges::find(facts_.tables, block.argument, &core::TableLoad::table);
  if (load == facts_.tables.end()) return difference(block.expected, {"none"});
  const auto fields = fields_of(*load);
  Lines actual;
  for (const std::string& line : block.expected) {
    const std::string name = line.substr(0, line.find(' '));
    const auto field = fields.find(name);
    if (field == fields.end()) return {"  unknown field " + name};
    actual.push_back(field->second.empty() ? name : name + " " + field->second);
  }
  return difference(block.expected, actual);
}

}  // namespace slt
