// SPDX-License-Identifier: Apache-2.0
#include "protocol/secrets.hpp"

#include "base/glob.hpp"
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
  if (kind == core::JsonKind::array) {
    std::string out = "[";
    std::size_t index = 0;
    for (const std::string& value : elements(json).value_or(std::vector<std::string>{})) {
      if (out.size() > 1) out += ',';
      out += map_leaves(value, join(std::to_string(index++)), leaf);
    }
    return out + "]";
  }
  return leaf(path, json);
}

bool is_number(std::string_view text) {
  return text.find_first_not_of("0123456789.+-eE") == text.npos;
}

// "eu-central-1" and "us-gov-west-1" of AWS, "europe-west4" of Google, "westeurope" of Azure.
bool is_region(std::string_view text) {
  constexpr std::string_view kAreas[] = {
      "us-", "eu-", "ap-",   "sa-",     "ca-",           "me-",           "af-",        "il-",
      "mx-", "cn-", "asia-", "europe-", "northamerica-", "southamerica-", "australia-", "africa-"};
  constexpr std::string_view kSides[] = {"north", "south", "east", "west", "central"};
  const auto begins = [text](std::string_view word) { return text.starts_with(word); };
  if (text.size() > 24 ||
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-123456789") != text.npos)
    return false;
  const bool numbered = text.back() >= '1' && text.back() <= '9';
  if (numbered && std::ranges::any_of(kAreas, begins)) return true;
  return text.find('-') == text.npos && std::ranges::any_of(kSides, begins);
}

bool is_url_without_credentials(std::string_view text) {
  const std::size_t scheme = text.find("://");
  return scheme != text.npos && scheme > 0 && scheme < 12 && text.find('@') == text.npos &&
         text.find('?') == text.npos;
}

// In a key file inside a string only some members are secret: "private_key", but not
// "client_email".
bool names_a_secret(const std::string& path) {
  std::string name = path.substr(path.rfind('.') + 1);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  constexpr std::string_view kWords[] = {"key", "secret", "token", "password", "passphrase"};
  return std::ranges::any_of(
      kWords, [&name](std::string_view word) { return name.find(word) != name.npos; });
}

}  // namespace

std::vector<Secret> secret_leaves(std::string_view secrets_json) {
  std::vector<Secret> secrets;
  auto collect = [&secrets](const std::string& name, std::string_view raw) {
    const auto text = string_value(raw);
    secrets.push_back({name, text.value_or(std::string(raw))});
    if (text && text->starts_with('{') && members(*text))
      for (Secret& inner : secret_leaves(*text))
        if (names_a_secret(inner.name))
          secrets.push_back({name + "." + inner.name, std::move(inner.value)});
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

std::vector<Secret> watched_secrets(std::string_view secrets_json, const WatchChoice& choice) {
  const auto named = [](const std::vector<std::string>& globs, const std::string& name) {
    return std::ranges::any_of(globs,
                               [&](const auto& glob) { return base::glob_matches(glob, name); });
  };
  std::vector<Secret> watched;
  for (Secret& secret : secret_leaves(secrets_json)) {
    const bool sensitive =
        named(choice.sensitive, secret.name) && secret.value.size() >= kShortestWatched;
    if ((sensitive || is_watched(secret.value)) && !named(choice.open, secret.name))
      watched.push_back(std::move(secret));
  }
  return watched;
}

std::string redacted_secrets(std::string_view secrets_json) {
  auto hide = [](const std::string& name, std::string_view) {
    return quote("<secret:" + name + ">");
  };
  return map_leaves(secrets_json, "", hide);
}

}  // namespace protocol
