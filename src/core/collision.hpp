// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace core {

// Two rows under one key. The second one wins.
struct Collision {
  struct Cell {
    std::string column, first, second;  // values as JSON, shortened; empty: not there
    bool differs = false;
  };
  static constexpr std::size_t kMostCells = 12;

  int call = 0;               // within the sync
  std::string key;            // "id=1001"
  std::string first, second;  // JSON pointers into the response
  std::vector<Cell> cells;    // those that differ come first; at most kMostCells
  std::size_t left_out = 0;   // columns beyond
};

}  // namespace core
