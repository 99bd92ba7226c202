// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/meta_tables.hpp"
#include "destinations/options.hpp"
#include "destinations/schema_book.hpp"
#include "destinations/table_writer.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace destinations {

// What all destinations share: the connection's state and history, and the order of a page's steps.
// Each page is one transaction of rows and state. An engine brings the steps.
class PagedDestination : public core::Destination {
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

 protected:
  // How many columns a table may have, and who says so in a message.
  struct Width {
    std::uint64_t most;
    std::string_view engine;
  };
  using Work = std::function<base::Result<void>()>;

  // `meta` belongs to the class that derives.
  PagedDestination(MetaTables& meta, OpenOptions options)
      : meta_(meta), options_(std::move(options)) {}

  // Reads what an earlier run left, if the schema is ours.
  base::Result<void> read_book();
  // Error (usage): there is no such table.
  base::Result<const core::Table*> stored_table(const std::string& name) const;
  bool is_ours() const noexcept { return ours_; }
  const SchemaBook& book() const noexcept { return book_; }
  const OpenOptions& options() const noexcept { return options_; }
  // Takes a schema of somebody else's for what is stored, to be read only.
  void show_catalog(Catalog catalog) { book_.catalog = std::move(catalog); }

  virtual Width width() const = 0;
  // Runs `work` in a transaction, which is kept when all went well; tells how long the commit took.
  // `doing` is for messages: "load a page into".
  virtual base::Result<std::chrono::nanoseconds> in_transaction(std::string_view doing,
                                                                const Work& work) = 0;
  // What in_transaction does in the transaction that an engine has begun for it.
  template <class Transaction>
  static base::Result<std::chrono::nanoseconds> run_in(base::Result<Transaction> begun,
                                                       const Work& work) {
    FSIM_ASSIGN(Transaction transaction, std::move(begun));
    FSIM_TRY(work());
    const auto begin = std::chrono::steady_clock::now();
    FSIM_TRY(transaction.commit());
    return std::chrono::steady_clock::now() - begin;
  }
  // Before our own tables are made: outside of their transaction, then in it.
  virtual base::Result<void> prepare_to_create() { return {}; }
  virtual base::Result<void> make_schema() { return {}; }
  // Gives the table the shape of plan.table; `before` is null for a new one. Says whether anything
  // was changed that our own tables have to know.
  virtual base::Result<bool> reshape(const TablePlan& plan, const core::Table* before) = 0;
  // What the stored values of a column of numbers need as DECIMAL.
  virtual base::Result<protocol::DecimalDigits> stored_digits(const std::string& table,
                                                              const core::Column& column) = 0;
  virtual std::shared_ptr<TableWriter> writer(const TablePlan& plan, const PageStamp& stamp,
                                              const AppendPosition& position) = 0;
  virtual base::Result<std::uint64_t> count_rows(const core::Table& table) = 0;
  virtual base::Result<void> drop_table(const std::string& name) = 0;
  // What the engine keeps from page to page: before a page, and once it is kept or undone. `last`:
  // no page of its sync follows.
  virtual void begin_page() {}
  virtual base::Result<void> end_page(bool /*kept*/, bool /*last*/) { return {}; }
  // Before the tables are dropped, and after.
  virtual void prepare_to_reset() {}
  virtual base::Result<void> tidy() { return {}; }

 private:
  using Writers = std::vector<std::pair<const TablePlan*, std::shared_ptr<TableWriter>>>;

  base::Result<void> make_ours();
  base::Result<void> save(ConnectionRow row, bool to_history);
  base::Result<core::LoadFacts> write_page(const std::vector<TablePlan>& plans,
                                           const PageStamp& stamp, const ConnectionRow& row,
                                           Writers& written);
  base::Result<void> write_rows(const TablePlan& plan, const PageStamp& stamp, Writers& written,
                                core::LoadFacts& facts);
  base::Result<std::shared_ptr<TableWriter>> write_table(const TablePlan& plan,
                                                         const PageStamp& stamp,
                                                         std::vector<LoadTally>& tallies);

  MetaTables& meta_;
  OpenOptions options_;
  bool ours_ = false;  // our own tables are there
  SchemaBook book_;
};

}  // namespace destinations
