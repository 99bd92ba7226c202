// SPDX-License-Identifier: Apache-2.0
#include "base/text_search.hpp"

#include "base/glob.hpp"

#include <random>

#include <doctest/doctest.h>

namespace {

// The same by trying every text at every place.
std::optional<base::TextSearch::Match> slow_find(const std::vector<std::string>& patterns,
                                                 std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    std::optional<base::TextSearch::Match> best;
    for (std::size_t i = 0; i < patterns.size(); ++i)
      if (patterns[i].size() >= 2 && text.substr(at, patterns[i].size()) == patterns[i] &&
          (!best || patterns[i].size() > best->size))
        best = base::TextSearch::Match{i, at, patterns[i].size()};
    if (best) return best;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("the first and longest of many texts is found") {
  const base::TextSearch search({"abcd", "abcdef", "xyz"});
  const auto match = search.find("--abcdef--xyz");
  REQUIRE(match);
  CHECK(match->pattern == 1);
  CHECK(match->offset == 2);
  CHECK(match->size == 6);
  CHECK(search.find("--abcdef--xyz", 3)->pattern == 2);
  CHECK_FALSE(search.find("abc ab xy"));
  CHECK_FALSE(search.find(""));
  CHECK(base::TextSearch().empty());
  CHECK_FALSE(base::TextSearch(std::vector<std::string>{"a", ""}).find("aaa"));
}

TEST_CASE("a search agrees with trying every text at every place") {
  std::mt19937 random(20261125);
  const auto text = [&random](std::size_t size) {
    std::string made(size, 'a');
    for (char& c : made) c = static_cast<char>('a' + random() % 3);
    return made;
  };
  for (int round = 0; round < 600; ++round) {
    std::vector<std::string> patterns;
    const std::size_t shortest = 1 + static_cast<std::size_t>(round) % 3;
    for (std::size_t i = 0; i < 1 + random() % 20; ++i)
      patterns.push_back(text(shortest + random() % 7));
    using Way = base::TextSearch::Way;
    const base::TextSearch search(patterns, round % 2 == 0 ? Way::fastest : Way::by_jumps);
    const std::string where = text(random() % 80);
    for (std::size_t from = 0; from <= where.size(); ++from) {
      const auto fast = search.find(where, from);
      const auto slow = slow_find(patterns, where, from);
      REQUIRE(fast.has_value() == slow.has_value());
      if (!fast) continue;
      REQUIRE(fast->offset == slow->offset);
      REQUIRE(fast->pattern == slow->pattern);
    }
  }
}

TEST_CASE("a rare text is found at each place of a long one, whole or not at all") {
  const base::TextSearch search({"ghp_", "sk_live_", "eyJ"});
  for (std::size_t at = 0; at < 130; ++at) {
    std::string text(140, 'x');
    text.replace(at, 4, "ghp_");
    const auto match = search.find(text);
    REQUIRE(match);
    CHECK(match->offset == at);
    CHECK_FALSE(search.find(std::string_view(text).substr(0, at + 3)));
    CHECK_FALSE(search.find(text, at + 1));
  }
}

TEST_CASE("a text of two bytes is found among longer ones, also at the very end") {
  const base::TextSearch search({"SK", "ghp_", "gh", "eyJhbGciOi"});
  for (std::size_t at = 0; at < 130; ++at) {
    std::string text(at, 'x');
    text += "SK";
    REQUIRE(search.find(text));
    CHECK(search.find(text)->offset == at);
    CHECK(search.find(text + std::string(40, 'y'))->offset == at);
    CHECK_FALSE(search.find(std::string_view(text).substr(0, at + 1)));
  }
}

TEST_CASE("texts longer than a window's jump are found") {
  const std::string longest(1'000, 'k');
  const base::TextSearch search({longest});
  CHECK(search.find(std::string(3'000, 'x') + longest + "x")->offset == 3'000);
  CHECK_FALSE(search.find(std::string(999, 'k')));
}

TEST_CASE("globs") {
  CHECK(base::glob_matches("*", ""));
  CHECK(base::glob_matches("orders*", "orders_2024"));
  CHECK(base::glob_matches("*.token", "oauth.token"));
  CHECK(base::glob_matches("a*b*c", "axxbyybzc"));
  CHECK(base::glob_matches("or?ers", "orders"));
  CHECK_FALSE(base::glob_matches("or?ers", "orers"));
  CHECK_FALSE(base::glob_matches("orders", "orders_2024"));
  CHECK_FALSE(base::glob_matches("a*b", "acbd"));
  CHECK_FALSE(base::glob_matches("", "x"));
}
