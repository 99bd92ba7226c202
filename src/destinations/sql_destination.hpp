// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/load_tally.hpp"
#include "destinations/options.hpp"
#include "destinations/schema_book.hpp"
#include "destinations/sql_meta.hpp"
#include "destinations/sql_session.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace destinations {

// Writes the rows of one page into one stored table, inside the page's transaction.
class SqlTable {
 public:
  virtual ~SqlTable() = default;
  virtual base::Result<void> insert(const PlannedRows& planned, LoadTally& tally) = 0;
  virtual base::Result<void> remove(const PlannedRows& planned, bool soft, LoadTally& tally) = 0;
  // Marks the rows that were not sent again; returns how many.
  virtual base::Result<std::uint64_t> mark_missing() = 0;
  // Counts the rows anew.
  virtual base::Result<void> recount() = 0;
  // The table and the place in it, as the rows written so far leave them.
  virtual const core::Table& table() const = 0;
  virtual const AppendPosition& position() const = 0;
};

// A schema of an engine that takes SQL as text: what such destinations share. Each page is one
// transaction of rows and state.
class SqlDestination : public core::Destination {
 public:
  base::Result<std::optional<core::ConnectionInfo>> connection() override;
  base::Result<void> adopt(const core::ConnectionInfo& info) override;
  base::Result<std::optional<core::StoredState>> state() override;
  base::Result<std::vector<core::StoredState>> state_history() override;
  base::Result<void> set_state(const core::State& state, core::WallTime now) override;
  base::Result<void> clear_state() override;
  base::Result<std::vector<core::Table>> tables() override;
  base::Result<int> begin_sync(const std::string& sync_id, core::WallTime now) override;
  base::Result<core::LoadFacts> load(const core::LoadBatch& batch) override;
  base::Result<void> reset() override;
  std::string describe() const override { return session_.name(); }

 protected:
  // How many columns a table may have, and who says so in a message.
  struct Width {
    std::uint64_t most;
    std::string_view engine;
  };

  // `session` belongs to the class that derives.
  SqlDestination(SqlSession& session, OpenOptions options)
      : session_(session), options_(std::move(options)), meta_(session) {}

  // Reads what an earlier run left, if the schema is ours.
  base::Result<void> read_book();
  // Error (usage): there is no such table.
  base::Result<const core::Table*> stored_table(const std::string& name) const;
  const SchemaBook& book() const noexcept { return book_; }
  const OpenOptions& options() const noexcept { return options_; }
  // Takes a schema of somebody else's for what is stored, to be read only.
  void show_catalog(Catalog catalog) { book_.catalog = std::move(catalog); }

  virtual Width width() const = 0;
  virtual base::Result<void> make_schema() = 0;
  // Gives the table the shape of plan.table; `before` is null for a new one. Says whether anything
  // was changed that our own tables have to know.
  virtual base::Result<bool> reshape(const TablePlan& plan, const core::Table* before) = 0;
  // What the stored values of a column of numbers need as DECIMAL.
  virtual base::Result<protocol::DecimalDigits> stored_digits(const std::string& table,
                                                              const core::Column& column) = 0;
  virtual std::unique_ptr<SqlTable> writer(const TablePlan& plan, const PageStamp& stamp,
                                           const AppendPosition& position) = 0;
  // What the engine remembers of shapes: before a page, and how the page ended.
  virtual void begin_page() {}
  virtual void end_page(bool /*committed*/) {}
  // After the tables are dropped.
  virtual base::Result<void> tidy() { return {}; }

 private:
  using Writers = std::vector<std::pair<const TablePlan*, std::unique_ptr<SqlTable>>>;

  base::Result<void> make_ours();
  base::Result<void> save(ConnectionRow row, bool to_history);
  base::Result<core::LoadFacts> write_page(const std::vector<TablePlan>& plans,
                                           const PageStamp& stamp, const ConnectionRow& row,
                                           Writers& written);
  base::Result<std::unique_ptr<SqlTable>> write_table(const TablePlan& plan, const PageStamp& stamp,
                                                      std::vector<LoadTally>& tallies);

  SqlSession& session_;
  OpenOptions options_;
  SqlMeta meta_;
  bool ours_ = false;  // our own tables are there
  SchemaBook book_;
};

}  // namespace destinations
