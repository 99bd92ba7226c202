// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace base {

// Tells quickly where one of many texts may begin: 32 places at a time are held against the first
// three bytes of all texts, which are sorted into eight buckets by the halves of these bytes (the
// filter of Hyperscan's "Teddy"). Needs AVX2, which is asked of the processor at run time.
class TextFilter {
 public:
  TextFilter() = default;
  // Texts of fewer than two bytes are passed over.
  explicit TextFilter(std::span<const std::string> patterns);

  // False: this processor cannot filter, or there is nothing to look for.
  bool usable() const noexcept { return usable_; }
  // The first place at or after `from` where one may begin, or the size of `text` when there is
  // none. Call only when usable.
  std::size_t next(std::string_view text, std::size_t from) const noexcept;

  static constexpr std::size_t kShortest = 2, kPrefix = 3;

 private:
  // For a byte of the prefix: the buckets that fit its low half and those that fit its high half.
  struct Halves {
    std::array<std::uint8_t, 16> low{}, high{};
  };
  void add(std::string_view pattern, std::size_t bucket) noexcept;
  bool fits(std::string_view text, std::size_t at) const noexcept;

  std::array<Halves, kPrefix> masks_;
  bool usable_ = false;
};

}  // namespace base
