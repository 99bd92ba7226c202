// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/chaos.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace workflows {

// The cells that a run of `chaos` has done so far, in a file that is replaced as a whole, so that a
// run killed at any moment leaves one that can be read.
class ChaosProgress {
 public:
  // An empty file name keeps nothing. `identity`: cells of another target, other settings or a sync
  // of another length are not taken.
  ChaosProgress(std::string file, std::string identity)
      : file_(std::move(file)), identity_(std::move(identity)) {}

  // What an earlier run left; nothing when there is no file, or one that does not fit.
  void load();
  const core::ChaosCell* find(const std::string& fault, int page) const;
  // Notes a cell; written at most twice a second, the rest by `save`.
  base::Result<void> add(const core::ChaosCell& cell);
  base::Result<void> save();
  // All is done: the file goes.
  void finish();

 private:
  void remove_unfinished() const;
  std::string file_, identity_;
  std::vector<core::ChaosCell> cells_;
  std::chrono::steady_clock::time_point saved_{};
};

}  // namespace workflows
