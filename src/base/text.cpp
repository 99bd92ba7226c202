// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

namespace base {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
};

// The character at the start of `text`; a broken sequence counts as one byte of code 0xFFFD.
Character decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80    ? 1
                             : lead >= 0xF0 ? 4
                             : lead >= 0xE0 ? 3
                             : lead >= 0xC2 ? 2
                                            : 0;
  if (length == 1) return {lead, 1};
  if (length == 0 || text.size() < length) return {0xFFFD, 1};
  std::uint32_t code = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return {0xFFFD, 1};
    code = (code << 6) | (byte & 0x3F);
  }
  return {code, length};
}

struct Range {
  std::uint32_t first, last;
};

template <std::size_t N>
bool within(const Range (&ranges)[N], std::uint32_t code) {
  return std::ranges::any_of(ranges,
                             [code](const Range& r) { return code >= r.first && code <= r.last; });
}

std::size_t width_of(std::uint32_t code) {
  static constexpr Range kNone[] = {{0x300, 0x36F},   {0x200B, 0x200F}, {0x202A, 0x202E},
                                    {0x2060, 0x2064}, {0xFE00, 0xFE0F}, {0x1AB0, 0x1AFF},
                                    {0x20D0, 0x20FF}, {0xFEFF, 0xFEFF}};
  static constexpr Range kWide[] = {
      {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},  {0x4E00, 0x9FFF},
      {0xA000, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},  {0xFF00, 0xFF60},
      {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
  if (code < 0x300) return 1;
  if (within(kNone, code)) return 0;
  return within(kWide, code) ? 2 : 1;
}

bool is_hidden(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

std::string replaced(std::string_view text, bool keep_line_ends) {
  std::string out;
  while (!text.empty()) {
    const Character c = decode(text);
    if (c.code == '\n' && !keep_line_ends) {
      out += "\\n";
    } else if (c.code == '\t') {
      out += ' ';
    } else if (is_hidden(c.code) && !(c.code == '\n' && keep_line_ends)) {
      out += fmt::format("<U+{:04X}>", c.code);
    } else if (c.code == 0xFFFD && c.bytes == 1) {
      out += "\xEF\xBF\xBD";
    } else {
      out += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return out;
}

// Optimal string alignment distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t k = 0; k <= b.size(); ++k) d[0][k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t cost = a[i - 1] == b[k - 1] ? 0 : 1;
      d[i][k] = std::min({d[i - 1][k] + 1, d[i][k - 1] + 1, d[i - 1][k - 1] + cost});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        d[i][k] = std::min(d[i][k], d[i - 2][k - 2] + 1);
    }
  return d[a.size()][b.size()];
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
  const double seconds = static_cast<double>(duration.count()) / 1e6;
  if (seconds < 59.995) return fmt::format("{:.2f}s", seconds);
  const auto whole = duration.count() / 1'000'000;
  if (whole < 3600) return fmt::format("{}m {:02}s", whole / 60, whole % 60);
  return fmt::format("{}h {:02}m", whole / 3600, whole / 60 % 60);
}

std::string human_count(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character c = decode(text);
    width += width_of(c.code);
    text.remove_prefix(c.bytes);
  }
  return width;
}

std::string visible(std::string_view text) {
  return replaced(text, true);
}

std::string elide_middle(std::string_view raw, std::size_t width) {
  const std::string text = replaced(raw, false);
  if (display_width(text) <= width) return text;
  if (width < 3) return "…";
  const std::size_t head_width = (width - 1) * 2 / 3, tail_width = width - 1 - head_width;
  std::string_view rest = text;
  std::size_t used = 0, head = 0;
  while (!rest.empty()) {
    const Character c = decode(rest);
    if (used + width_of(c.code) > head_width) break;
    used += width_of(c.code);
    head += c.bytes;
    rest.remove_prefix(c.bytes);
  }
  while (display_width(rest) > tail_width) rest.remove_prefix(decode(rest).bytes);
  return text.substr(0, head) + "…" + std::string(rest);
}

std::string_view closest(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  std::size_t least = std::max<std::size_t>(word.size() / 3, 1) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t d = distance(word, candidate);
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
  const std::string_view whole = text;
  const auto bad = [whole] {
    return fail(
        ErrorKind::usage,
        fmt::format("cannot read the duration \"{}\" (write 90s, 15m, 6h, 250ms or 1h30m)", whole));
  };
  double total = 0;
  if (text.empty()) return bad();
  while (!text.empty()) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0) return bad();
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    double factor = 1000;
    if (text.starts_with("ms")) {
      factor = 1;
      text.remove_prefix(2);
    } else if (!text.empty()) {
      if (text[0] == 'm')
        factor = 60'000;
      else if (text[0] == 'h')
        factor = 3'600'000;
      else if (text[0] != 's')
        return bad();
      text.remove_prefix(1);
    }
    total += value * factor;
  }
  if (!(total < 1e12)) return bad();
  return std::chrono::milliseconds(static_cast<std::int64_t>(total));
}

}  // namespace base
