// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace base {

namespace {

// Optimal string alignment distance: insertions, deletions, replacements, swaps of neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  // Rows of the table for the last two characters of `a` and the current one.
  std::vector<std::size_t> older(b.size() + 1);
  std::vector<std::size_t> old(b.size() + 1);
  std::vector<std::size_t> now(b.size() + 1);
  for (std::size_t k = 0; k <= b.size(); ++k) now[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    older.swap(old);
    old.swap(now);
    now[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t cost = a[i - 1] == b[k - 1] ? 0 : 1;
      now[k] = std::min({old[k] + 1, now[k - 1] + 1, old[k - 1] + cost});
      const bool swapped = i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1];
      if (swapped) now[k] = std::min(now[k], older[k - 2] + 1);
    }
  }
  return now[b.size()];
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Cuts "12" or "1.5" off the front, in thousandths. None: no digit there, or more than fits.
std::optional<std::int64_t> take_thousandths(std::string_view& text) {
  constexpr std::int64_t kMost = 1'000'000'000'000;
  std::int64_t value = 0;
  std::size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    value = value * 10 + (text[at] - '0');
    if (value > kMost) return std::nullopt;
  }
  if (at == 0) return std::nullopt;
  value *= 1000;
  if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
    std::int64_t weight = 100;
    for (++at; at < text.size() && is_digit(text[at]); ++at, weight /= 10) {
      value += weight * (text[at] - '0');
    }
  }
  text.remove_prefix(at);
  return value;
}

// Cuts "ms", "s", "m" or "h" off the front; its length in milliseconds, 0 for anything else.
std::int64_t take_unit(std::string_view& text) {
  std::int64_t milliseconds = 0;
  std::size_t length = 1;
  if (text.substr(0, 2) == "ms") {
    milliseconds = 1;
    length = 2;
  } else if (!text.empty()) {
    milliseconds = text[0] == 's' ? 1000 : text[0] == 'm' ? 60'000 : text[0] == 'h' ? 3'600'000 : 0;
  }
  if (milliseconds != 0) text.remove_prefix(length);
  return milliseconds;
}

}  // namespace

std::string human_bytes(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  const char* const units[] = {"kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (value >= 999.95 && unit < 3) {
    value /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, units[unit]);
}

std::string human_duration(std::chrono::microseconds duration) {
  if (duration < std::chrono::microseconds(59'995'000)) {
    return fmt::format("{:.2f}s", static_cast<double>(duration.count()) / 1e6);
  }
  const auto seconds = std::chrono::round<std::chrono::seconds>(duration).count();
  if (seconds < 3600) return fmt::format("{}m {:02}s", seconds / 60, seconds % 60);
  const auto minutes = std::chrono::round<std::chrono::minutes>(duration).count();
  return fmt::format("{}h {:02}m", minutes / 60, minutes % 60);
}

std::string human_count(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string shell_quoted(std::string_view text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
  if (!text.empty() && text.find_first_not_of(kPlain) == text.npos) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string_view closest(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  // One more than allowed. A word of one letter is never "one replacement away".
  std::size_t least = std::min(std::max<std::size_t>(word.size() / 3, 1) + 1, word.size());
  for (const std::string_view candidate : candidates) {
    const std::size_t steps = distance(word, candidate);
    if (steps < least) {
      least = steps;
      best = candidate;
    }
  }
  return best;
}

Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
  constexpr std::int64_t kMost = 1'000'000'000'000;  // 31 years
  std::int64_t total = 0;
  std::string_view rest = text;
  bool good = !rest.empty();
  for (std::int64_t last_unit = kMost; good && !rest.empty();) {
    const auto thousandths = take_thousandths(rest);
    // Alone, a number means seconds; after "1h" it could mean anything.
    const bool alone = rest.empty() && last_unit == kMost;
    const std::int64_t unit = alone ? 1000 : take_unit(rest);
    good = thousandths && unit > 0 && unit < last_unit && *thousandths <= kMost / unit * 1000;
    if (good) total += *thousandths / 1000 * unit + *thousandths % 1000 * unit / 1000;
    last_unit = unit;
  }
  if (!good || total > kMost) {
    return fail(ErrorKind::usage,
                fmt::format("cannot read the duration \"{}\" (write 90s, 15m, 6h, 250ms or 1h30m)",
                            visible(text)));
  }
  return std::chrono::milliseconds(total);
}

}  // namespace base
