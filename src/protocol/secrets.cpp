// SPDX-License-Identifier: Apache-2.0
#include "protocol/secrets.hpp"

#include "protocol/classify.hpp"
#include "protocol/json_text.hpp"

#include <algorithm>

namespace protocol {
namespace {

// Calls `leaf(name, raw)` for each leaf and gives the same object with the leaves it returned.
template <class Leaf>
std::string map_leaves(std::string_view json, const std::string& path, Leaf& leaf) {
  const auto join = [&path](std::string_view step) {
    return path.empty() ? std::string(step) : path + "." + std::string(step);
  };
  const core::JsonKind kind = json.empty() ? core::JsonKind::absent : kind_of(json.front());
  if (kind == core::JsonKind::object) {
    std::string out = "{";
    for (const auto& [key, value] : members(json).value_or(Members{})) {
      if (out.size() > 1) out += ',';
      out += quote(key) + ":" + map_leaves(value, join(key), leaf);
    }
    return out + "}";
  }
  return leaf(path, json);
}

bool is_number(std::string_view text) {
  return text.find_first_not_of("0123456789.+-eE") == text.npos;
}

// "eu-central-1", "us-gov-west-1": letters, words, one digit at the end.
bool is_region(std::string_view text) {
  return std::ranges::count(text, '-') >= 2 && text.size() <= 16 && text.back() >= '1' &&
         text.back() <= '9' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-123456789") == text.npos &&
         std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) == 1;
}

bool is_url_without_credentials(std::string_view text) {
  const std::size_t scheme = text.find("://");
  return scheme != text.npos && scheme > 0 && scheme < 12 && text.find('@') == text.npos &&
         text.find('?') == text.npos;
}

}  // namespace

std::vector<Secret> secret_leaves(std::string_view secrets_json) {
  std::vector<Secret> secrets;
  auto collect = [&secrets](const std::string& name, std::string_view raw) {
    const std::string value = string_value(raw).value_or(std::string(raw));
    secrets.push_back({name, value});
    return std::string(raw);
  };
  map_leaves(secrets_json, "", collect);
  return secrets;
}

bool is_watched(std::string_view value) {
  if (value.size() < 8 || is_number(value)) return false;
  if (classify_string(value) != core::ColumnType::string) return false;
  return !is_region(value) && !is_url_without_credentials(value);
}

Redactor::Redactor(std::string_view secrets_json) {
  for (const Secret& secret : secret_leaves(secrets_json)) {
    if (!is_watched(secret.value)) continue;
    const std::string replacement = "<secret:" + secret.name + ">";
    patterns_.emplace_back(secret.value, replacement);
    std::string escaped = quote(secret.value);
    escaped = escaped.substr(1, escaped.size() - 2);
    if (escaped != secret.value) patterns_.emplace_back(std::move(escaped), replacement);
  }
  std::ranges::stable_sort(
      patterns_, [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

void Redactor::in_place(std::string& text) const {
  for (const auto& [secret, replacement] : patterns_)
    for (std::size_t at = text.find(secret); at != text.npos; at = text.find(secret, at)) {
      text.replace(at, secret.size(), replacement);
      at += replacement.size();
    }
}

std::string Redactor::operator()(std::string_view text) const {
  std::string out(text);
  in_place(out);
  return out;
}

std::string redacted_secrets(std::string_view secrets_json) {
  auto hide = [](const std::string& name, std::string_view) {
    return quote("<secret:" + name + ">");
  };
  return map_leaves(secrets_json, "", hide);
}

}  // namespace protocol
