// SPDX-License-Identifier: Apache-2.0
#include "reporters/plain_text.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "protocol/finding_place.hpp"
#include "reporters/finding_text.hpp"

#include <algorithm>
#include <vector>

namespace reporters {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

std::string document_text(std::string_view text) {
  std::string raw(text);
  replace_all(raw, "\r\n", "\n");
  replace_all(raw, "\u2028", "\n");
  replace_all(raw, "\u2029", "\n");
  std::string plain = base::visible(raw);
  replace_all(plain, "\xEF\xBF\xBE", "\uFFFD");
  replace_all(plain, "\xEF\xBF\xBF", "\uFFFD");
  return plain;
}

std::string one_line(std::string_view text) {
  std::string line = document_text(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

std::string cut(std::string text, std::size_t bytes) {
  constexpr std::string_view kRest = " …";
  if (text.size() <= bytes) return text;
  std::size_t end = bytes > kRest.size() ? bytes - kRest.size() : 0;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text.append(kRest);
}

std::string finding_body(const core::Finding& finding) {
  return document_text(finding_text(finding, Style{.colour = false, .width = 100}));
}

std::string fingerprint_of(const core::Finding& finding) {
  std::vector<std::string> places = protocol::places_of(finding);
  std::ranges::sort(places);
  std::string known = finding.rule + '\0' + finding.table;
  for (const std::string& place : places) known.append(1, '\0').append(place);
  return base::to_hex(base::sha256(known)).substr(0, 32);
}

}  // namespace reporters
