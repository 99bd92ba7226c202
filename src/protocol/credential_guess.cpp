// SPDX-License-Identifier: Apache-2.0
#include "protocol/credential_guess.hpp"

#include "base/text_search.hpp"
#include "protocol/credential_forms.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace protocol {
namespace {

constexpr std::size_t kLeastValue = 12, kMostValue = 400;

// Names end so, without `_` and `-` and in small letters.
constexpr std::string_view kEndings[] = {
    "password", "passwd",        "passphrase",   "secret",     "secretkey",     "secretaccesskey",
    "token",    "apikey",        "accesskey",    "authkey",    "privatekey",    "credential",
    "apitoken", "authorization", "clientsecret", "signingkey", "encryptionkey", "webhooksecret"};
// A name with one of these is a place in a listing or something public.
constexpr std::string_view kHarmless[] = {
    "page",   "next",   "cursor", "continu", "sync",   "csrf",   "xsrf",      "public",
    "device", "paging", "prev",   "resume",  "offset", "marker", "idempoten", "delta"};

std::string plain_name(std::string_view key) {
  std::string name;
  for (const char c : key)
    if (is_alnum(c)) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return name;
}

bool in_name(char c) {
  return is_alnum(c) || c == '_' || c == '-';
}

const base::TextSearch& words() {
  static const base::TextSearch search = [] {
    std::vector<std::string> all;
    for (const std::string_view word :
         {"assword", "asswd", "assphrase", "ecret", "oken", "key", "redential", "uthorization"}) {
      all.emplace_back(word);
      std::string upper(word);
      std::ranges::transform(upper, upper.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      });
      all.push_back(upper);
    }
    all.emplace_back("Key");
    return base::TextSearch(std::move(all));
  }();
  return search;
}

std::size_t skip(std::string_view text, std::size_t at, std::string_view set) {
  while (at < text.size() && set.find(text[at]) != set.npos) ++at;
  return at;
}

bool looks_random(std::string_view value, bool quoted) {
  if (value.size() < kLeastValue || value.size() > kMostValue || is_placeholder(value))
    return false;
  const auto digits = std::ranges::count_if(value, [](char c) { return c >= '0' && c <= '9'; });
  const auto letters = std::ranges::count_if(value, is_alnum) - digits;
  if (digits < 2 || letters < 2) return false;
  // Paths, versions, host names and references to variables are no secrets.
  if (value.find("//") != value.npos || value.front() == '/' || value.front() == '.') return false;
  if (std::ranges::count(value, '.') > 1 || std::ranges::count(value, '/') > 2) return false;
  return entropy(value) > (quoted ? 3.2 : 3.5);
}

// The value that follows a name which ends at `at`, or size 0.
Credential value_after(std::string_view text, std::size_t at) {
  const std::size_t name_end = skip(text, at, "\\\"'");  // a key's closing quote, perhaps escaped
  std::size_t sign = skip(text, name_end, " \t");
  if (sign >= text.size() || (text[sign] != '=' && text[sign] != ':')) return {};
  sign = skip(text, sign, "=:>");
  const std::size_t begin = skip(text, skip(text, sign, " \t"), "\\\"'`");
  const bool quoted =
      begin > 0 && std::string_view("\"'`").find(text[begin - 1]) != std::string_view::npos;
  std::size_t end = begin;
  while (end < text.size() &&
         (is_token_character(text[end]) ||
          (quoted && std::string_view("!@#$%^&*").find(text[end]) != std::string_view::npos)))
    ++end;
  // A call or an index is an expression, not a value.
  const bool expression = !quoted && end < text.size() && (text[end] == '(' || text[end] == '[');
  const std::string_view value = text.substr(begin, end - begin);
  if (expression || !looks_random(value, quoted)) return {};
  return {"assigned-secret", begin, value.size()};
}

}  // namespace

bool names_credential(std::string_view key) {
  const std::string name = plain_name(key);
  const auto contains = [&name](std::string_view word) { return name.find(word) != name.npos; };
  return std::ranges::any_of(kEndings, [&](std::string_view end) { return name.ends_with(end); }) &&
         !std::ranges::any_of(kHarmless, contains);
}

std::optional<Credential> guess_credential(std::string_view text, std::size_t from) {
  for (auto match = words().find(text, from); match;
       match = words().find(text, match->offset + 1)) {
    std::size_t begin = match->offset, end = match->offset + match->size;
    while (begin > 0 && in_name(text[begin - 1])) --begin;
    if (end < text.size() && in_name(text[end])) continue;  // "tokenizer", "secret_name"
    if (end - begin > 60 || !names_credential(text.substr(begin, end - begin))) continue;
    const Credential found = value_after(text, end);
    if (found.size > 0 && found.offset >= from) return found;
  }
  return std::nullopt;
}

}  // namespace protocol
