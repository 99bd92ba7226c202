// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/cell.hpp"
#include "destinations/page_plan.hpp"

#include <span>
#include <vector>

namespace destinations {

// How a row that was sent again differs from the stored one.
struct RowComparison {
  bool equal = false;
  bool written_by_page = false;      // the stored row came with this page
  bool written_before_sync = false;  // an earlier sync wrote it last
  std::vector<std::size_t> lacking;  // columns that only the stored row has a value for
};

// Gathers what loading one source table did, for the rules.
class LoadTally {
 public:
  LoadTally(const TablePlan& plan, const SourcePlan& source, std::uint64_t rows_before_sync);

  void inserted(std::uint64_t rows = 1) { load_.inserted += rows; }
  // A stored row of this key was replaced.
  void replaced(std::size_t row, std::span<const Cell> cells, const RowComparison& comparison);
  // The same for rows that lack no column; `unchanged` of them are equal to what an earlier sync
  // wrote.
  void replaced_whole(std::uint64_t rows, std::uint64_t unchanged) {
    load_.replaced += rows;
    load_.unchanged += unchanged;
  }
  void deleted(std::uint64_t rows) { load_.deleted += rows; }
  void unknown_delete(std::size_t row, std::span<const Cell> cells);
  // The table is not stored, so that it holds no row to delete.
  void all_deletes_unknown();
  void soft_marked(std::uint64_t rows) { load_.soft_marked += rows; }

  core::TableLoad finish();

 private:
  static constexpr std::size_t kExamples = 3;

  const TablePlan& plan_;
  const SourcePlan& source_;
  core::TableLoad load_;
  std::vector<std::uint64_t> lacking_rows_;  // by column
};

}  // namespace destinations
