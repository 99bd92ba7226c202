// SPDX-License-Identifier: Apache-2.0
#include "destinations/sql_meta.hpp"

#include "destinations/sql_text.hpp"
#include "destinations/stored_facts.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr std::string_view kConnection = "_fivetran_sim_connection";
constexpr std::string_view kHistory = "_fivetran_sim_history";
constexpr std::string_view kTables = "_fivetran_sim_tables";
constexpr std::string_view kColumns = "_fivetran_sim_columns";

constexpr char kDoing[] = "keep the state in";
constexpr char kReading[] = "read";

std::int64_t number(const std::optional<std::string>& cell) {
  return cell ? std::atoll(cell->c_str()) : 0;
}
std::string text(const std::optional<std::string>& cell) {
  return cell.value_or("");
}
std::int64_t milliseconds(core::WallTime time) {
  return time.time_since_epoch().count();
}
core::WallTime wall_time(const std::optional<std::string>& cell) {
  return stored_time(number(cell));
}

// Cells from `first` on: state, sync, call, sync_id, at, finished.
core::StoredState stored_state(const SqlRow& row, std::size_t first) {
  core::StoredState state;
  state.state.json = text(row[first]);
  state.sync = stored_number(number(row[first + 1]));
  state.call = stored_number(number(row[first + 2]));
  state.sync_id = text(row[first + 3]);
  state.at = wall_time(row[first + 4]);
  state.sync_finished = number(row[first + 5]) != 0;
  return state;
}

std::string state_values(const core::StoredState& state) {
  return fmt::format("{}, {}, {}, {}, {}, {}", literal(state.state.json), state.sync, state.call,
                     literal(state.sync_id), milliseconds(state.at), int{state.sync_finished});
}

}  // namespace

base::Result<bool> SqlMeta::is_ours() {
  FSIM_ASSIGN(const auto tables,
              session_.select(fmt::format("SELECT table_name FROM information_schema.tables WHERE "
                                          "table_schema = {} AND table_type <> 'VIEW' ORDER BY "
                                          "table_name <> {}, table_name LIMIT 1",
                                          literal(session_.schema()), literal(kConnection)),
                              kReading));
  if (tables.empty()) return false;
  if (text(tables[0][0]) != kConnection) return not_ours(session_.name(), text(tables[0][0]));
  FSIM_ASSIGN(const auto format,
              session_.select("SELECT format FROM " + session_.qualified(kConnection), kReading));
  FSIM_TRY(check_format(format.empty() ? 0 : number(format[0][0]), session_.name(),
                        "drop the schema and run a sync"));
  return true;
}

base::Result<void> SqlMeta::create() {
  return session_.execute(
      fmt::format(
          "CREATE TABLE {0}(id BIGINT NOT NULL, format BIGINT NOT NULL, target TEXT NOT NULL, "
          "naming TEXT NOT NULL, syncs BIGINT NOT NULL, batches BIGINT NOT NULL, "
          "sync_start BIGINT NOT NULL, last_synced BIGINT NOT NULL, state TEXT, state_sync BIGINT, "
          "state_call BIGINT, state_sync_id TEXT, state_at BIGINT, state_finished BIGINT);"
          "CREATE TABLE {1}(id BIGINT PRIMARY KEY, state TEXT NOT NULL, sync BIGINT NOT NULL, "
          "call_number BIGINT NOT NULL, sync_id TEXT NOT NULL, made_at BIGINT NOT NULL, "
          "finished BIGINT NOT NULL);"
          "CREATE TABLE {2}(name TEXT NOT NULL, source TEXT NOT NULL, has_deleted BIGINT NOT "
          "NULL, row_count BIGINT NOT NULL, batch BIGINT NOT NULL, next_index BIGINT NOT NULL);"
          "CREATE TABLE {3}(table_name TEXT NOT NULL, ordinal BIGINT NOT NULL, name TEXT NOT "
          "NULL, source TEXT NOT NULL, type TEXT NOT NULL, key_position BIGINT NOT NULL, "
          "beyond_double BIGINT NOT NULL, whole_digits BIGINT NOT NULL, "
          "fraction_digits BIGINT NOT NULL);"
          "INSERT INTO {0}(id, format, target, naming, syncs, batches, sync_start, last_synced) "
          "VALUES (1, {4}, '', 'fivetran', 0, 0, 0, 0)",
          session_.qualified(kConnection), session_.qualified(kHistory),
          session_.qualified(kTables), session_.qualified(kColumns), kMetaFormat),
      kDoing);
}

base::Result<void> SqlMeta::drop() {
  std::string sql;
  for (const std::string_view table : {kColumns, kTables, kHistory, kConnection})
    sql += "DROP TABLE " + session_.qualified(table) + ";";
  return session_.execute(sql, "reset");
}

base::Result<void> SqlMeta::read_connection(ConnectionRow& row) {
  FSIM_ASSIGN(
      const auto rows,
      session_.select("SELECT target, naming, syncs, batches, sync_start, last_synced, state, "
                      "state_sync, state_call, state_sync_id, state_at, state_finished FROM " +
                          session_.qualified(kConnection),
                      kReading));
  if (rows.empty()) return not_ours(session_.name(), kConnection);
  const SqlRow& found = rows[0];
  row.target = text(found[0]);
  row.naming = text(found[1]);
  row.syncs = stored_number(number(found[2]));
  row.batches = stored_count(number(found[3]));
  row.sync_start = wall_time(found[4]);
  row.last_synced = wall_time(found[5]);
  if (found[6]) row.state = stored_state(found, 6);
  return {};
}

base::Result<void> SqlMeta::read_tables(SchemaBook& book) {
  FSIM_ASSIGN(
      const auto rows,
      session_.select(fmt::format("SELECT name, source, has_deleted, row_count, batch, next_index "
                                  "FROM {} WHERE name IN (SELECT table_name FROM "
                                  "information_schema.tables WHERE table_schema = {})",
                                  session_.qualified(kTables), literal(session_.schema())),
                      kReading));
  for (const SqlRow& row : rows) {
    core::Table& table = book.catalog[text(row[0])];
    table.name = text(row[0]);
    table.source = text(row[1]);
    table.has_deleted_column = number(row[2]) != 0;
    table.rows = static_cast<std::uint64_t>(stored_count(number(row[3])));
    book.positions[table.name] = {stored_count(number(row[4])), stored_count(number(row[5]))};
  }
  return {};
}

base::Result<void> SqlMeta::read_columns(Catalog& catalog) {
  FSIM_ASSIGN(const auto rows,
              session_.select("SELECT table_name, name, source, type, key_position, beyond_double, "
                              "whole_digits, fraction_digits FROM " +
                                  session_.qualified(kColumns) + " ORDER BY table_name, ordinal",
                              kReading));
  StoredKeys keys;
  for (const SqlRow& row : rows) {
    const auto table = catalog.find(text(row[0]));
    if (table == catalog.end()) continue;
    const core::Column& column = table->second.columns.emplace_back(
        core::Column{text(row[1]), text(row[2]),
                     core::column_type_named(text(row[3])).value_or(core::ColumnType::string),
                     number(row[4]) > 0, number(row[5]) != 0, stored_digits(number(row[6])),
                     stored_digits(number(row[7]))});
    keys.add(table->first, number(row[4]), column.name);
  }
  keys.write_to(catalog);
  return {};
}

base::Result<void> SqlMeta::save(const ConnectionRow& row) {
  const core::StoredState state = row.state.value_or(core::StoredState());
  return session_.execute(
      fmt::format("UPDATE {} SET target = {}, naming = {}, syncs = {}, batches = {}, "
                  "sync_start = {}, last_synced = {}, state = {}, state_sync = {}, "
                  "state_call = {}, state_sync_id = {}, state_at = {}, state_finished = {}",
                  session_.qualified(kConnection), literal(row.target), literal(row.naming),
                  row.syncs, row.batches, milliseconds(row.sync_start),
                  milliseconds(row.last_synced), row.state ? literal(state.state.json) : "NULL",
                  state.sync, state.call, literal(state.sync_id), milliseconds(state.at),
                  int{state.sync_finished}),
      kDoing);
}

base::Result<void> SqlMeta::append_history(const core::StoredState& state) {
  return session_.execute(
      fmt::format("INSERT INTO {0} SELECT coalesce(max(id), 0) + 1, {1} FROM {0};"
                  "DELETE FROM {0} WHERE finished = 0 AND id = (SELECT max(id) FROM {0}) - {2}",
                  session_.qualified(kHistory), state_values(state), kHistoryLength),
      kDoing);
}

base::Result<std::vector<core::StoredState>> SqlMeta::history() {
  FSIM_ASSIGN(const auto rows,
              session_.select("SELECT state, sync, call_number, sync_id, made_at, finished FROM " +
                                  session_.qualified(kHistory) + " ORDER BY id DESC",
                              kReading));
  std::vector<core::StoredState> states;
  for (const SqlRow& row : rows) states.push_back(stored_state(row, 0));
  return states;
}

base::Result<void> SqlMeta::save_shape(const core::Table& table) {
  const std::string name = literal(table.name);
  std::string sql = fmt::format(
      "DELETE FROM {0} WHERE name = {2}; DELETE FROM {1} WHERE table_name = {2};"
      "INSERT INTO {0} VALUES ({2}, {3}, {4}, 0, 0, 0);",
      session_.qualified(kTables), session_.qualified(kColumns), name, literal(table.source),
      int{table.has_deleted_column});
  Joined values(", ");
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const core::Column& column = table.columns[c];
    const auto part = std::ranges::find(table.primary_key, column.name);
    const auto key = part == table.primary_key.end() ? 0 : part - table.primary_key.begin() + 1;
    values.add(fmt::format("({}, {}, {}, {}, {}, {}, {}, {}, {})", name, c, literal(column.name),
                           literal(column.source), literal(core::name(column.type)), key,
                           int{column.beyond_double}, column.whole_digits, column.fraction_digits));
  }
  if (!table.columns.empty())
    sql += fmt::format("INSERT INTO {} VALUES {}", session_.qualified(kColumns), values.take());
  return session_.execute(sql, kDoing);
}

base::Result<void> SqlMeta::save_counts(const core::Table& table, const AppendPosition& position) {
  return session_.execute(
      fmt::format("UPDATE {} SET row_count = {}, batch = {}, next_index = {} WHERE name = {}",
                  session_.qualified(kTables), table.rows, position.batch, position.next_index,
                  literal(table.name)),
      kDoing);
}

}  // namespace destinations
