// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/schema_check.hpp"
#include "cli/session.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/text_table.hpp"

#include <filesystem>
#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;
using base::visible;
using workflows::ContractWord;
using workflows::SchemaDrift;
using workflows::SchemaLock;

struct Stored {
  std::vector<core::Table> tables;
  std::string naming, destination;
};

base::Result<Stored> stored_schema(const Arguments& args) {
  FSIM_ASSIGN(const auto destination, open_destination(args, Access::read));
  Stored stored;
  FSIM_ASSIGN(stored.tables, destination->tables());
  FSIM_ASSIGN(const auto connection, destination->connection());
  stored.naming = connection ? connection->naming : "fivetran";
  stored.destination = destination->describe();
  return stored;
}

std::string lock_path(const Arguments& args) {
  if (!args.look.file.empty()) return args.look.file;
  std::error_code error;
  const std::filesystem::path root = args.project_root;
  const std::filesystem::path file = "fivetran-schema.json";
  return (root == std::filesystem::current_path(error) ? file : root / file).string();
}

base::Result<core::ExitCode> show(const Arguments& args) {
  FSIM_ASSIGN(const Stored stored, stored_schema(args));
  if (args.format == "json") {
    std::cout << schema_lock_text(workflows::lock_of(stored.tables, stored.naming, nullptr));
    return core::ExitCode::ok;
  }
  reporters::TextTable lines({"table", "column", "type", "key", "source"});
  for (const core::Table& table : stored.tables)
    for (const core::Column& column : table.columns)
      lines.add({visible(table.name), visible(column.name), std::string(core::name(column.type)),
                 column.key ? "key" : "", visible(table.source + "." + column.source)});
  std::cout << lines.text(0);
  return core::ExitCode::ok;
}

// "tables=warn", "orders.types=evolve".
base::Result<void> set_word(SchemaLock& lock, const std::string& text) {
  const std::size_t equals = text.find('=');
  const auto word = workflows::contract_word(
      equals == text.npos ? std::string_view() : std::string_view(text).substr(equals + 1));
  const std::string place = text.substr(0, equals);
  const std::size_t dot = place.rfind('.');
  const std::string part = dot == place.npos ? place : place.substr(dot + 1);
  const bool of_table = dot != place.npos;
  if (!word || (part != "columns" && part != "types" && (part != "tables" || of_table)))
    return fail(ErrorKind::usage,
                fmt::format("cannot read --contract {}: it takes tables=WORD, columns=WORD, "
                            "types=WORD, TABLE.columns=WORD or TABLE.types=WORD, where WORD is "
                            "evolve, warn or freeze",
                            visible(text)));
  if (!of_table) {
    (part == "tables"    ? lock.contract.tables
     : part == "columns" ? lock.contract.columns
                         : lock.contract.types) = *word;
    return {};
  }
  const auto table = lock.tables.find(place.substr(0, dot));
  if (table == lock.tables.end())
    return fail(ErrorKind::usage, fmt::format("cannot read --contract {}: there is no table {}",
                                              visible(text), visible(place.substr(0, dot))));
  (part == "columns" ? table->second.columns_word : table->second.types_word) = *word;
  return {};
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", base::human_count(count), noun, count == 1 ? "" : "s");
}

base::Result<core::ExitCode> write_lock(const Arguments& args) {
  FSIM_ASSIGN(const Stored stored, stored_schema(args));
  if (stored.tables.empty())
    return fail(ErrorKind::usage,
                fmt::format("cannot lock the schema of {}: it holds no table (run "
                            "a sync first)",
                            stored.destination));
  const std::string path = lock_path(args);
  std::optional<SchemaLock> before;
  std::error_code error;
  if (std::filesystem::exists(path, error)) {
    FSIM_ASSIGN(before, workflows::read_schema_lock(path));
  }
  SchemaLock lock = workflows::lock_of(stored.tables, stored.naming, before ? &*before : nullptr);
  for (const std::string& text : args.look.contract) FSIM_TRY(set_word(lock, text));
  FSIM_TRY(base::write_file_atomically(path, schema_lock_text(lock)));
  std::size_t columns = 0;
  for (const auto& [name, table] : lock.tables) columns += table.columns.size();
  std::cout << fmt::format("{} with {} locked in {}\n", counted(lock.tables.size(), "table"),
                           counted(columns, "column"), path);
  return core::ExitCode::ok;
}

void print_json(const std::vector<SchemaDrift>& drifts, bool failed) {
  reporters::JsonWriter json(true);
  json.begin_object().member("equal", drifts.empty()).member("failed", failed);
  json.key("differences").begin_array();
  for (const SchemaDrift& drift : drifts) {
    json.begin_object().member("rule", rule_of(drift.kind)).member("what", text_of(drift));
    json.member("table", drift.table).member("column", drift.column);
    json.member("before", drift.before).member("after", drift.after);
    json.member("impact", name(drift.impact)).member("contract", name(drift.word)).end_object();
  }
  std::cout << json.end_array().end_object().take() << '\n';
}

base::Result<core::ExitCode> diff(const Arguments& args) {
  FSIM_ASSIGN(const SchemaLock lock, workflows::read_schema_lock(lock_path(args)));
  FSIM_ASSIGN(const Stored stored, stored_schema(args));
  const std::vector<SchemaDrift> drifts =
      workflows::compare_with_lock(lock, stored.tables, stored.naming);
  const bool failed = is_broken(drifts);
  if (args.format == "json") {
    print_json(drifts, failed);
  } else {
    reporters::TextTable lines({"contract", "impact", "difference"});
    for (const SchemaDrift& drift : drifts)
      lines.add({std::string(name(drift.word)), std::string(name(drift.impact)),
                 visible(text_of(drift))});
    if (!drifts.empty()) std::cout << lines.text(0);
    std::cout << (drifts.empty() ? "as locked\n"
                  : failed       ? "a frozen part of the schema changed\n"
                                 : "nothing frozen changed\n");
  }
  return failed ? core::ExitCode::findings : core::ExitCode::ok;
}

}  // namespace

base::Result<core::ExitCode> schema_command(const Arguments& args) {
  if (args.action == "lock") return write_lock(args);
  if (!args.look.contract.empty())
    return fail(ErrorKind::usage,
                "--contract is for schema lock: schema diff takes the words from the file");
  return args.action == "diff" ? diff(args) : show(args);
}

}  // namespace cli
