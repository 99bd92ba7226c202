// SPDX-License-Identifier: Apache-2.0
#include "core/history.hpp"

namespace core {
namespace {

// Order matters: the digest of a turn is not the digest of the same responses in another order.
void mix(Digest& into, const Digest& more) {
  for (std::size_t i = 0; i < into.size(); ++i) {
    std::uint64_t x = into[i] * 0x9E3779B97F4A7C15ull + more[i] + i + 1;
    x ^= x >> 29;
    into[i] = x * 0xBF58476D1CE4E5B9ull;
  }
}

}  // namespace

std::optional<Cycle> CycleWatch::absorb(const Digest& state, const Digest& response) {
  std::optional<Cycle> found;
  if (remembered_ && *remembered_ == state) {
    found = Cycle{static_cast<int>(since_), false};
    found->proven = last_turn_ && last_period_ == since_ && *last_turn_ == turn_;
    last_turn_ = turn_;
    last_period_ = since_;
    turn_ = {};
    since_ = 0;
  } else if (!remembered_ || since_ >= limit_) {
    limit_ = remembered_ ? limit_ * 2 : 1;
    remembered_ = state;
    last_turn_.reset();
    turn_ = {};
    since_ = 0;
  }
  mix(turn_, response);
  ++since_;
  return found;
}

void History::begin_sync(int number, const State& start, bool historical_sync) {
  sync = number;
  calls = 0;
  sync_start_state = start;
  recent_states = {start};
  historical = historical_sync;
  empty_in_a_row = 0;
  rows_this_sync = 0;
  cycle = {};
  answers = {};
  for (auto& [name, table] : tables) {
    table.soft_delete_calls = 0;
    table.soft_marked_this_sync = 0;
    table.rows_this_sync = 0;
    table.unchanged_this_sync = 0;
    table.rows_before_sync = 0;
    table.replaced_this_sync = 0;
    table.overlap_pages = 0;
    table.overlap_rows = 0;
    if (table.content.rows() > 0) table.content_before = table.content;
    table.content = {};
  }
}

void History::absorb(const SyncResponse& response, const LoadFacts& load) {
  ++calls;
  answers.absorb(calls, recent_states.empty() ? "" : recent_states.back().json, response);
  if (response.state.present()) recent_states.push_back({std::string(response.state.raw)});
  if (recent_states.size() > kRecentStates) recent_states.erase(recent_states.begin());
  empty_in_a_row = response.is_empty() && response.has_more.value ? empty_in_a_row + 1 : 0;
  rows_this_sync += response.insert_rows() + response.delete_rows();
  const auto table_named = [this](std::string_view name) -> TableHistory& {
    return tables.try_emplace(std::string(name)).first->second;
  };
  for (const TableRows& rows : response.inserts) {
    if (rows.rows() == 0) continue;
    TableHistory& table = table_named(rows.name);
    table.seen = true;
    table.rows_this_sync += rows.rows();
    for (const PageColumn& column : rows.columns) {
      auto known = table.columns.find(column.name);
      if (known == table.columns.end())
        known = table.columns.emplace(std::string(column.name), std::uint16_t{0}).first;
      known->second = static_cast<std::uint16_t>(known->second | column.types);
    }
    if (const SchemaEntry* entry = response.schema_of(rows.name))
      table.content.absorb(rows, entry->primary_key);
  }
  for (const SchemaEntry& entry : response.schema) {
    if (entry.kind != JsonKind::object) continue;
    TableHistory& table = table_named(entry.table);
    // A key stays until another one is declared, as in the destination.
    if (!entry.usable_key()) continue;
    table.primary_key.assign(entry.primary_key.begin(), entry.primary_key.end());
    table.had_key = true;
  }
  for (const std::string_view name : response.soft_delete_tables)
    ++table_named(name).soft_delete_calls;
  if (response.soft_delete_all)
    for (const TableRows& rows : response.inserts) ++table_named(rows.name).soft_delete_calls;
  for (const TableLoad& loaded : load.tables) {
    TableHistory& table = table_named(loaded.table);
    table.unchanged_this_sync += loaded.unchanged;
    table.replaced_this_sync += loaded.replaced;
    if (loaded.repeated * 2 >= loaded.inserted && loaded.inserted > loaded.replaced) {
      table.overlap_pages += loaded.repeated > 0 ? 1 : 0;
      table.overlap_rows += loaded.repeated;
    }
    table.soft_marked_this_sync += loaded.soft_marked;
    table.rows_before_sync = loaded.stored_rows_before_sync;
  }
}

void History::end_sync(const State& end) {
  last_sync_end_state = end;
  rows_last_sync = rows_this_sync;
}

}  // namespace core
