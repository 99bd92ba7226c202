// SPDX-License-Identifier: Apache-2.0
#include "protocol/secret_forms.hpp"

#include "protocol/json_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace protocol {
namespace {

constexpr std::size_t kLongLine = 16;

std::string without_quotes(const std::string& quoted) {
  return quoted.substr(1, quoted.size() - 2);
}

// The code point at the start of valid UTF-8; bytes that are none count as themselves.
char32_t next_code(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t code = size == 1 ? lead : lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size && i < text.size(); ++i)
    code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  text.remove_prefix(std::min(size, text.size()));
  return code;
}

// As serialisers write that keep to ASCII.
std::string ascii_json(std::string_view escaped) {
  std::string out;
  while (!escaped.empty()) {
    const char32_t code = next_code(escaped);
    if (code < 0x80) {
      out += static_cast<char>(code);
    } else if (code < 0x10000) {
      out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(code));
    } else {
      const auto rest = static_cast<std::uint32_t>(code - 0x10000);
      out += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
    }
  }
  return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string url_encoded(std::string_view value, std::string_view kept, bool upper) {
  std::string out;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                       (byte >= 'A' && byte <= 'Z') || kept.find(c) != kept.npos;
    if (plain) {
      out += c;
    } else {
      out += upper ? fmt::format("%{:02X}", byte) : fmt::format("%{:02x}", byte);
    }
  }
  return out;
}

// What stands in the base64 of any text that holds `value` at an offset of 3n + `shift`.
std::string base64_core(std::string_view value, std::size_t shift, std::string_view alphabet) {
  std::string out;
  // Bits of the first character that belong to what comes before are unknown, so it is left out;
  // and so are those of the last one.
  const std::size_t begin = shift * 8, end = begin + value.size() * 8;
  for (std::size_t bit = (begin + 5) / 6 * 6; bit + 6 <= end; bit += 6) {
    unsigned code = 0;
    for (std::size_t i = bit - begin; i < bit - begin + 6; ++i)
      code = code << 1 | ((static_cast<unsigned char>(value[i / 8]) >> (7 - i % 8)) & 1u);
    out += alphabet[code];
  }
  return out;
}

std::string hex(std::string_view value, bool upper) {
  std::string out;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    out += upper ? fmt::format("{:02X}", byte) : fmt::format("{:02x}", byte);
  }
  return out;
}

class Forms {
 public:
  void add(SecretForm form, std::string text) {
    const bool known = std::ranges::any_of(
        forms_, [&text](const WrittenSecret& other) { return other.text == text; });
    if (!known && !text.empty()) forms_.push_back({form, std::move(text)});
  }
  std::vector<WrittenSecret> take() { return std::move(forms_); }

 private:
  std::vector<WrittenSecret> forms_;
};

void add_texts(Forms& forms, std::string_view value) {
  forms.add(SecretForm::plain, std::string(value));
  const std::string escaped = without_quotes(quote(value));
  for (const std::string& text : {escaped, ascii_json(escaped)}) {
    forms.add(SecretForm::json, text);
    forms.add(SecretForm::json, replaced(text, "/", "\\/"));
    forms.add(SecretForm::json, without_quotes(quote(text)));
  }
  for (const bool upper : {true, false})
    for (const std::string_view kept : {"-_.~", "-_.~/", "-_.!~*'()"}) {
      const std::string text = url_encoded(value, kept, upper);
      forms.add(SecretForm::url, text);
      forms.add(SecretForm::url, replaced(text, "%20", "+"));
    }
}

void add_lines(Forms& forms, std::string_view value) {
  while (!value.empty()) {
    const std::size_t end = std::min(value.find_first_of("\r\n"), value.size());
    const std::string_view line = value.substr(0, end);
    // "-----BEGIN PRIVATE KEY-----" is no secret.
    if (line.size() >= kLongLine && !line.starts_with("-----"))
      forms.add(SecretForm::plain, std::string(line));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
}

}  // namespace

std::string_view name(SecretForm form) {
  switch (form) {
    case SecretForm::json: return "JSON-escaped";
    case SecretForm::url: return "URL-encoded";
    case SecretForm::base64: return "base64";
    case SecretForm::hex: return "hex";
    case SecretForm::plain: break;
  }
  return "as it is";
}

std::vector<WrittenSecret> written_forms(std::string_view value) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  Forms forms;
  add_texts(forms, value);
  if (value.find_first_of("\r\n") != value.npos) add_lines(forms, value);
  if (value.size() < 8) return forms.take();
  for (const std::string_view last_two : {"+/", "-_"})
    for (std::size_t shift = 0; shift < 3; ++shift)
      forms.add(SecretForm::base64,
                base64_core(value, shift, std::string(kLetters) + std::string(last_two)));
  forms.add(SecretForm::hex, hex(value, false));
  forms.add(SecretForm::hex, hex(value, true));
  return forms.take();
}

}  // namespace protocol
