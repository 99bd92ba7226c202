// SPDX-License-Identifier: Apache-2.0
#include "base/character_width.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace base {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool broken = false;  // one byte that is no UTF-8
};

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

// The character at the start of `text`, which is not empty.
Character decode(std::string_view text) {
  constexpr Character kBroken{kReplacement, 1, true};
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};  // shorter forms are not allowed
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = sequence_length(lead);
  if (length == 1) return {lead, 1, false};
  if (length == 0 || text.size() < length) return kBroken;
  char32_t code = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return kBroken;
    code = (code << 6) | (byte & 0x3F);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[length] || code > 0x10FFFF || surrogate) return kBroken;
  return {code, length, false};
}

// Control characters, and those that turn the direction of what follows.
bool is_dangerous(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

std::string replaced(std::string_view text, bool keep_line_ends) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character c = decode(text);
    if (c.code == '\n') {
      out += keep_line_ends ? "\n" : "\\n";
    } else if (c.code == '\t') {
      out += ' ';
    } else if (c.broken) {
      out += "\xEF\xBF\xBD";
    } else if (is_dangerous(c.code)) {
      out += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(c.code));
    } else {
      out += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return out;
}

// The longest start of `text` that takes at most `width` columns.
std::string_view head_of(std::string_view text, std::size_t width) {
  std::size_t bytes = 0;
  std::size_t used = 0;
  while (bytes < text.size()) {
    const Character c = decode(text.substr(bytes));
    used += character_width(c.code);
    if (used > width) break;
    bytes += c.bytes;
  }
  return text.substr(0, bytes);
}

// The longest end of `text` that takes at most `width` columns.
std::string_view tail_of(std::string_view text, std::size_t width) {
  std::size_t rest = display_width(text);
  while (rest > width) {
    const Character c = decode(text);
    rest -= character_width(c.code);
    text.remove_prefix(c.bytes);
  }
  return text;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character c = decode(text);
    width += character_width(c.code);
    text.remove_prefix(c.bytes);
  }
  return width;
}

bool runs_right_to_left(std::string_view text) {
  while (!text.empty()) {
    const Character c = decode(text);
    if ((c.code >= 0x0590 && c.code <= 0x08FF) || (c.code >= 0xFB1D && c.code <= 0xFDFF) ||
        (c.code >= 0xFE70 && c.code <= 0xFEFC) || (c.code >= 0x10800 && c.code <= 0x10FFF) ||
        (c.code >= 0x1E800 && c.code <= 0x1EFFF))
      return true;
    text.remove_prefix(c.bytes);
  }
  return false;
}

std::string isolated(std::string_view text) {
  return fmt::format("\u2068{}\u2069", text);
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character c = decode(text);
    out += c.broken ? std::string_view("\xEF\xBF\xBD") : text.substr(0, c.bytes);
    text.remove_prefix(c.bytes);
  }
  return out;
}

std::string visible(std::string_view text) {
  return replaced(text, true);
}

std::string elide_middle(std::string_view raw, std::size_t width) {
  std::string text = replaced(raw, false);
  if (display_width(text) <= width) return text;
  if (width < 3) return width == 0 ? "" : "…";
  const std::string_view head = head_of(text, (width - 1) * 2 / 3);
  const std::string_view rest = std::string_view(text).substr(head.size());
  const std::string_view tail = tail_of(rest, width - 1 - display_width(head));
  return fmt::format("{}…{}", head, tail);
}

}  // namespace base
