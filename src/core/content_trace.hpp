// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/value.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace core {

// What the rows of a table held in a sync apart from their keys, in order: two syncs with equal
// traces brought the same records. Looks at the first kMostRows rows; its size is constant.
class ContentTrace {
 public:
  void absorb(const TableRows& rows, std::span<const std::string_view> key);

  std::uint64_t rows() const noexcept { return rows_; }
  // Different contents among the rows, as far as kMostDistinct.
  std::size_t distinct() const noexcept { return distinct_.size(); }
  bool same_records(const ContentTrace& other) const noexcept {
    return rows_ == other.rows_ && digest_ == other.digest_;
  }

  static constexpr std::uint64_t kMostRows = 1000;
  static constexpr std::size_t kMostDistinct = 20;

 private:
  std::uint64_t rows_ = 0, digest_ = 0;
  std::vector<std::uint64_t> distinct_;
};

}  // namespace core
