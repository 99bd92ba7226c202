// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/options.hpp"
#include "destinations/page_plan.hpp"
#include "destinations/page_stamp.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace destinations {

// The version of our own tables, and how many page states they keep in the history; states at the
// end of a sync are kept for ever.
inline constexpr int kMetaFormat = 3;
inline constexpr int kHistoryLength = 1000;

// Where a connection stands; one row of `_fivetran_sim_connection`.
struct ConnectionRow {
  std::string target;
  std::string naming = "fivetran";  // core::ConnectionInfo::naming
  std::int64_t syncs = 0;           // begun so far: the number of the last one
  std::int64_t batches = 0;         // responses loaded so far
  core::WallTime sync_start{};      // of the last sync; not before any row of earlier syncs
  core::WallTime last_synced{};     // the latest _fivetran_synced given to a row
  std::optional<core::StoredState> state;

  void begin_sync(core::WallTime now);
};

// Where the rows of a table without key are counted: _fivetran_batch and the next _fivetran_index.
struct AppendPosition {
  std::int64_t batch = 0, next_index = 0;
};
using AppendPositions = std::map<std::string, AppendPosition, std::less<>>;

// What a destination remembers of its schema from page to page: what is stored, and what only the
// running sync has to know. The same on every engine; nothing here is written.
struct SchemaBook {
  ConnectionRow row;
  Catalog catalog;
  AppendPositions positions;

  std::optional<core::ConnectionInfo> connection() const;
  // To be called where a sync begins, and once after the book was read.
  void note_rows_before_sync();
  std::uint64_t rows_before_sync(const std::string& table) const;
  // The times and numbers of a page's rows; `next` is `row` as it is to be once the page is loaded.
  PageStamp stamp_page(const core::LoadBatch& batch, const OpenOptions& options,
                       ConnectionRow& next);
  // Once a sync has marked what it did not send again, no further page of it finds such rows.
  bool already_marked(const TablePlan& plan, const PageStamp& stamp,
                      const OpenOptions& options) const;
  // After the page is committed: the table as it then is.
  void keep(const TablePlan& plan, const core::Table& table, const AppendPosition& position);
  void clear() { *this = SchemaBook(); }

 private:
  std::map<std::string, std::uint64_t, std::less<>> rows_before_sync_;
  std::map<std::string, std::int64_t, std::less<>> marked_in_sync_;  // table → sync
};

// Error (environment): our own tables have another format than this version writes. `remedy` is
// what to do about an early one.
base::Result<void> check_format(std::int64_t format, std::string_view name,
                                std::string_view remedy);
// Error (environment): the schema holds a table that is not ours.
tl::unexpected<base::Error> not_ours(std::string_view name, std::string_view table);

// Error (environment): the table would have more columns than the engine, called `engine`, takes.
base::Result<void> check_width(const TablePlan& plan, std::uint64_t most, std::string_view name,
                               std::string_view engine);

}  // namespace destinations
