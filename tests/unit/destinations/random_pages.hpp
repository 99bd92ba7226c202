// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reference_map.hpp"

#include <random>
#include <string>

namespace reference {

// Makes pages of a stream that a connector might send: tables with one key column, with two and
// with none; columns that come late, are absent or null, and change type now and then; keys that
// come again in the page and over pages, keys that are missing; deletes of known and unknown keys;
// softDelete; schema entries left out.
class RandomPages {
 public:
  explicit RandomPages(std::uint64_t seed) : random_(seed) {}
  SentPage next();
  // The page as a response.
  std::string json(const SentPage& page, int cursor) const;

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  bool chance(int percent) { return static_cast<int>(below(100)) < percent; }
  Sent value(std::size_t column);
  Sent key_value();
  SentRow row(const std::vector<std::string>& key, bool with_columns);

  std::mt19937_64 random_;
  int pages_ = 0;
  std::map<std::string, bool> keyed_before_;
};

}  // namespace reference
