// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace base {

struct Hash128 {
  std::uint64_t low = 0, high = 0;
  bool operator==(const Hash128&) const = default;
};

// Hashes for telling texts apart, not for security; the same in every process on every machine of
// one byte order. Long texts run at the speed of memory: 64 bytes a step in four lanes, each a
// multiplication whose halves are folded together.
Hash128 hash128(std::string_view text) noexcept;
inline std::uint64_t hash64(std::string_view text) noexcept {
  return hash128(text).low;
}

// hash128 of a text that comes in pieces, whose size is known before. Each piece but the last has a
// multiple of 64 bytes.
class PieceHash {
 public:
  explicit PieceHash(std::uint64_t size) noexcept;
  void add(std::string_view piece) noexcept;
  Hash128 end() const noexcept;

 private:
  std::array<std::uint64_t, 4> lanes_;
};

}  // namespace base
