// SPDX-License-Identifier: Apache-2.0
#include "destinations/schema_book.hpp"

#include "destinations/system_columns.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace destinations {
namespace {
constexpr std::chrono::milliseconds kTick{1};
}

void ConnectionRow::begin_sync(core::WallTime now) {
  ++syncs;
  sync_start = std::max(now, last_synced + kTick);
}

std::optional<core::ConnectionInfo> SchemaBook::connection() const {
  if (row.target.empty()) return std::nullopt;
  return core::ConnectionInfo{row.target, row.naming};
}

void SchemaBook::note_rows_before_sync() {
  rows_before_sync_.clear();
  for (const auto& [name, table] : catalog) rows_before_sync_[name] = table.rows;
}

std::uint64_t SchemaBook::rows_before_sync(const std::string& table) const {
  const auto before = rows_before_sync_.find(table);
  return before == rows_before_sync_.end() ? 0 : before->second;
}

// Each page gets a later time than the one before, so that a stored row tells by itself in which
// page and in which sync it was last written, even when the clock stands still or goes back.
PageStamp SchemaBook::stamp_page(const core::LoadBatch& batch, const OpenOptions& options,
                                 ConnectionRow& next) {
  next = row;
  if (batch.sync != next.syncs) {
    next.syncs = batch.sync;
    next.sync_start = std::max(batch.sync_start, next.last_synced + kTick);
    note_rows_before_sync();
  }
  const core::WallTime synced = std::max({batch.now, next.last_synced + kTick, next.sync_start});
  next.last_synced = synced;
  ++next.batches;
  next.state = core::StoredState{batch.new_state, batch.sync, batch.call,
                                 batch.sync_id,   batch.now,  batch.last};
  PageStamp stamp;
  stamp.synced = synced_text(synced);
  stamp.sync_start = synced_text(next.sync_start);
  stamp.cutoff = options.cutoff == SoftDeleteCutoff::response ? stamp.synced : stamp.sync_start;
  stamp.sync = next.syncs;
  stamp.batch = options.batch == BatchMode::per_response ? next.batches : next.syncs;
  return stamp;
}

bool SchemaBook::already_marked(const TablePlan& plan, const PageStamp& stamp,
                                const OpenOptions& options) const {
  const auto marked = marked_in_sync_.find(plan.table.name);
  return options.cutoff == SoftDeleteCutoff::sync_start && marked != marked_in_sync_.end() &&
         marked->second == stamp.sync;
}

void SchemaBook::keep(const TablePlan& plan, const core::Table& table,
                      const AppendPosition& position) {
  catalog[plan.table.name] = table;
  positions[plan.table.name] = position;
  if (plan.marks_missing) marked_in_sync_[plan.table.name] = row.syncs;
}

base::Result<void> check_format(std::int64_t format, std::string_view name,
                                std::string_view remedy) {
  if (format == kMetaFormat) return {};
  return base::fail(
      base::ErrorKind::environment,
      format < kMetaFormat
          ? fmt::format("cannot use {}: an early version of fivetran-sim wrote it (format {}, this "
                        "one uses {}): {}",
                        name, format, kMetaFormat, remedy)
          : fmt::format("cannot use {}: a newer version of fivetran-sim wrote it (format {}, this "
                        "one knows {}): update fivetran-sim",
                        name, format, kMetaFormat));
}

tl::unexpected<base::Error> not_ours(std::string_view name, std::string_view table) {
  return base::fail(base::ErrorKind::environment,
                    fmt::format("cannot use {}: it holds tables that fivetran-sim did not make, "
                                "such as {} (choose another --destination or --schema)",
                                name, table));
}

base::Result<void> check_width(const TablePlan& plan, std::uint64_t most, std::string_view name,
                               std::string_view engine) {
  std::uint64_t columns = plan.table.columns.size() + system_columns(plan.table).size();
  for (const SourcePlan& source : plan.sources)
    if (source.inserts.rows != nullptr && source.inserts.rows->columns_dropped > 0)
      columns = std::max<std::uint64_t>(columns, core::TableRows::kMaxColumns + 1);
  if (!plan.is_stored() || columns <= most) return {};
  return base::fail(base::ErrorKind::environment,
                    fmt::format("cannot load {} into {}: it would have more than {} columns, which "
                                "is {}'s limit (send nested objects instead of columns)",
                                plan.table.name, name, most, engine));
}

}  // namespace destinations
