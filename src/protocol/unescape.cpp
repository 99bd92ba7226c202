// SPDX-License-Identifier: Apache-2.0
#include "protocol/unescape.hpp"

#include <array>
#include <cstring>

namespace protocol {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The code unit of the four digits at `at`, or -1.
std::int32_t code_unit(std::string_view text, std::size_t at) {
  if (text.size() < at + 4) return -1;
  std::int32_t unit = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

char* put_utf8(std::uint32_t c, char* to) {
  const auto byte = [&to](std::uint32_t b) { *to++ = static_cast<char>(b); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6));
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3F));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
  return to;
}

bool is_high(std::int32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low(std::int32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

// Reads the escape `\uXXXX` (or a pair of them) whose digits begin at `i`; leaves `i` behind it.
bool unicode_escape(std::string_view content, std::size_t& i, char*& to, std::uint64_t& replaced) {
  const std::int32_t unit = code_unit(content, i);
  if (unit < 0) return false;
  i += 4;
  std::uint32_t code = static_cast<std::uint32_t>(unit);
  if (is_high(unit)) {
    const bool escape_follows = content.substr(i, 2) == "\\u";
    const std::int32_t low = escape_follows ? code_unit(content, i + 2) : -1;
    if (escape_follows && low < 0) return false;
    if (is_low(low)) {
      code = 0x10000 + ((code - 0xD800) << 10) + static_cast<std::uint32_t>(low - 0xDC00);
      i += 6;
    } else {
      code = kReplacement;
      ++replaced;
    }
  } else if (is_low(unit) || unit == 0) {
    code = kReplacement;
    ++replaced;
  }
  to = put_utf8(code, to);
  return true;
}

char simple_escape(char c) {
  switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '/': return '/';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

}  // namespace

std::ptrdiff_t unescape(std::string_view content, char* to, std::uint64_t& replaced) {
  char* const begin = to;
  std::size_t i = 0;
  while (i < content.size()) {
    const std::size_t backslash = content.find('\\', i);
    const std::size_t plain = (backslash == content.npos ? content.size() : backslash) - i;
    std::memcpy(to, content.data() + i, plain);
    to += plain;
    i += plain;
    if (i == content.size()) break;
    if (i + 1 >= content.size()) return -1;
    const char kind = content[i + 1];
    i += 2;
    if (kind == 'u') {
      if (!unicode_escape(content, i, to, replaced)) return -1;
    } else if (const char c = simple_escape(kind); c != 0) {
      *to++ = c;
    } else {
      return -1;
    }
  }
  return to - begin;
}

void append_escaped(std::string& to, std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  const auto is_plain = [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t end = at;
    while (end < text.size() && is_plain(text[end])) ++end;
    to.append(text.substr(at, end - at));
    if ((at = end) == text.size()) return;
    const char c = text[at];
    switch (c) {
      case '"': to += "\\\""; break;
      case '\\': to += "\\\\"; break;
      case '\b': to += "\\b"; break;
      case '\f': to += "\\f"; break;
      case '\n': to += "\\n"; break;
      case '\r': to += "\\r"; break;
      case '\t': to += "\\t"; break;
      default:
        to += "\\u00";
        to += kHex[static_cast<unsigned char>(c) >> 4];
        to += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
}

}  // namespace protocol
