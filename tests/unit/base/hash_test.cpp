// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

TEST_CASE("texts that differ in one bit, in length or in order have different hashes") {
  std::set<std::uint64_t> low, high;
  std::size_t count = 0;
  const auto add = [&](std::string_view text) {
    const base::Hash128 hash = base::hash128(text);
    low.insert(hash.low);
    high.insert(hash.high);
    ++count;
  };
  for (std::size_t size = 0; size < 200; ++size) add(std::string(size, '\0'));
  for (const std::size_t size : {1u, 7u, 16u, 17u, 63u, 64u, 65u, 150u})
    for (std::size_t bit = 0; bit < size * 8; ++bit) {
      std::string text(size, 'a');
      text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
      add(text);
    }
  for (int number = 0; number < 20'000; ++number) add("key " + std::to_string(number));
  CHECK(low.size() == count);
  CHECK(high.size() == count);
}

TEST_CASE("a hash depends on the bytes alone") {
  const std::string text = "x" + std::string(100, 'k');
  const std::string same(100, 'k');
  CHECK(base::hash128(std::string_view(text).substr(1)) == base::hash128(same));
  CHECK(base::hash64(same) == base::hash128(same).low);
}

TEST_CASE("a text in pieces has the hash of the whole") {
  std::string text;
  for (std::size_t k = 0; k < 1000; ++k) text += static_cast<char>('a' + k * k % 23);
  for (const std::size_t size : {0u, 1u, 64u, 100u, 640u, 1000u}) {
    const std::string_view whole = std::string_view(text).substr(0, size);
    base::PieceHash hash(size);
    for (std::size_t at = 0; at < size; at += 128) hash.add(whole.substr(at, 128));
    CHECK(hash.end() == base::hash128(whole));
  }
}
