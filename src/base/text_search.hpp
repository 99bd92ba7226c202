// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text_filter.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

// Finds the first of many fixed texts in one pass (Wu and Manber's method: two bytes at the end of
// a window tell how far it may jump), or, where the processor can, behind a filter that looks at 32
// places at once.
class TextSearch {
 public:
  struct Match {
    std::size_t pattern = 0;  // index into what the constructor got
    std::size_t offset = 0, size = 0;
  };

  // How to look; both find the same. `by_jumps` is what remains where the processor cannot filter.
  enum class Way { fastest, by_jumps };

  TextSearch() = default;
  // Texts of fewer than two bytes are never found.
  explicit TextSearch(std::vector<std::string> patterns, Way way = Way::fastest);

  bool empty() const noexcept { return starts_.empty(); }
  // The match that starts first at or after `from`; of those that start there the longest, of
  // equal ones the first given.
  std::optional<Match> find(std::string_view text, std::size_t from = 0) const;

 private:
  using Blocks = std::vector<std::pair<std::uint16_t, std::uint32_t>>;  // block, pattern

  std::optional<Match> match_at(std::string_view text, std::size_t offset, const Blocks& known,
                                std::uint16_t block) const;
  void prepare_jumps();
  void sort_longest_first(Blocks& blocks) const;
  std::optional<Match> find_filtered(std::string_view text, std::size_t from) const;

  std::vector<std::string> patterns_;
  Blocks starts_;  // by the first block
  // Of the search behind the filter:
  TextFilter filter_;
  std::vector<bool> begins_;  // whether a text begins with a block
  // Of the search by jumps:
  std::size_t window_ = 0;           // the shortest text's length
  std::vector<std::uint8_t> shift_;  // by block of two bytes
  Blocks ends_;                      // by the block at the window's end
};

}  // namespace base
