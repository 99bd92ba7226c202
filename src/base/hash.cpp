// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"

#include <cstring>

namespace base {
namespace {

constexpr std::uint64_t kOdd[] = {0xA0761D6478BD642Full, 0xE7037ED1A0B428DBull,
                                  0x8EBC6AF09C88C6E3ull, 0x589965CC75374CC3ull,
                                  0x1D8E4E27C47D124Full, 0xEB44ACCAB455D165ull};

std::uint64_t fold(std::uint64_t x, std::uint64_t y) noexcept {
  __extension__ typedef unsigned __int128 Wide;
  const Wide product = static_cast<Wide>(x) * y;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t word_at(const char* text) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  return word;
}

// Sixteen bytes into a lane.
std::uint64_t stirred(std::uint64_t lane, const char* text, std::uint64_t odd) noexcept {
  return fold(word_at(text) ^ odd, word_at(text + 8) ^ lane) + odd;
}

}  // namespace

PieceHash::PieceHash(std::uint64_t size) noexcept
    // A lane must not begin with its own constant: its two words could then be swapped.
    : lanes_{size ^ kOdd[4], kOdd[5], ~kOdd[4], ~kOdd[5]} {}

void PieceHash::add(std::string_view piece) noexcept {
  std::array<std::uint64_t, 4> lanes = lanes_;
  const char* at = piece.data();
  std::size_t left = piece.size();
  for (; left >= 64; left -= 64, at += 64)
    for (std::size_t k = 0; k < 4; ++k) lanes[k] = stirred(lanes[k], at + 16 * k, kOdd[k]);
  std::size_t lane = 0;
  for (; left >= 16; left -= 16, at += 16, ++lane)
    lanes[lane] = stirred(lanes[lane], at, kOdd[lane]);
  if (left > 0) {
    char rest[16] = {};
    std::memcpy(rest, at, left);
    lanes[3] = stirred(lanes[3], rest, kOdd[4]);
  }
  lanes_ = lanes;
}

Hash128 PieceHash::end() const noexcept {
  const std::uint64_t front = fold(lanes_[0] ^ kOdd[2], lanes_[1] ^ kOdd[3]),
                      back = fold(lanes_[2] ^ kOdd[0], lanes_[3] ^ kOdd[1]);
  return {fold(front ^ kOdd[4], back ^ kOdd[5]), fold(front ^ kOdd[0], back + kOdd[1]) + front};
}

Hash128 hash128(std::string_view text) noexcept {
  PieceHash hash(text.size());
  hash.add(text);
  return hash.end();
}

}  // namespace base
