// SPDX-License-Identifier: Apache-2.0
#include "protocol/iam_check.hpp"

#include "base/glob.hpp"
#include "protocol/iam_documents.hpp"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

namespace protocol {
namespace {

using nlohmann::json;

constexpr std::string_view kOldVersion = "2008-10-17";

// Policies take one text or a list of them in most places.
std::vector<std::string> texts(const json& object, const char* name) {
  std::vector<std::string> found;
  if (!object.is_object() || !object.contains(name)) return found;
  const json& value = object[name];
  if (value.is_string()) found.push_back(value.get<std::string>());
  if (value.is_array())
    for (const json& element : value)
      if (element.is_string()) found.push_back(element.get<std::string>());
  return found;
}

std::vector<json> statements(const json& document) {
  std::vector<json> found;
  if (!document.is_object() || !document.contains("Statement")) return found;
  const json& all = document["Statement"];
  if (all.is_object()) found.push_back(all);
  if (all.is_array())
    std::ranges::copy_if(all, std::back_inserter(found),
                         [](const json& one) { return one.is_object(); });
  return found;
}

std::string lower(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return small;
}

bool has_effect(const json& statement, std::string_view effect) {
  return statement.value("Effect", json()) == json(effect);
}

// Whether a list of patterns, or everything but those of its "Not…" form, takes in the text.
bool covers(const json& statement, const char* name, const char* opposite, std::string_view text,
            bool any_case) {
  const auto one_fits = [text, any_case](const std::vector<std::string>& patterns) {
    return std::ranges::any_of(patterns, [text, any_case](const std::string& pattern) {
      return any_case ? base::glob_matches(lower(pattern), lower(text))
                      : base::glob_matches(pattern, text);
    });
  };
  if (statement.contains(name)) return one_fits(texts(statement, name));
  return statement.contains(opposite) && !one_fits(texts(statement, opposite));
}

bool is_account(std::string_view text) {
  return text.size() == 12 &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

// The account of "123456789012" or "arn:aws:iam::123456789012:root"; "*" stays; else empty.
std::string account_of(std::string_view principal) {
  if (principal == "*" || is_account(principal)) return std::string(principal);
  const std::size_t at = principal.find(":iam::");
  const std::string_view account = at == principal.npos ? "" : principal.substr(at + 6, 12);
  return is_account(account) ? std::string(account) : "";
}

// The external ids that a statement asks for; `conditioned` tells whether it asks for one.
std::vector<std::string> external_ids(const json& statement, bool& conditioned) {
  std::vector<std::string> found;
  const json conditions = statement.value("Condition", json::object());
  for (const auto& [test, keys] : conditions.items()) {
    if (!keys.is_object()) continue;
    for (const auto& [key, value] : keys.items()) {
      if (lower(key) != "sts:externalid") continue;
      conditioned = true;
      if (lower(test).starts_with("stringequals") || lower(test).starts_with("stringlike"))
        std::ranges::copy(texts(keys, key.c_str()), std::back_inserter(found));
    }
  }
  return found;
}

void read_principals(const json& statement, TrustFacts& trust) {
  const json principal = statement.value("Principal", json());
  const bool everybody = principal == json("*");
  if (std::ranges::count(texts(principal, "Service"), "lambda.amazonaws.com") > 0)
    trust.lambda = true;
  std::vector<std::string> names =
      everybody ? std::vector<std::string>{"*"} : texts(principal, "AWS");
  for (const std::string& name : names) {
    const std::string account = account_of(name);
    if (account == kFivetranAccount || account == "*") {
      trust.fivetran = true;
      bool conditioned = false;
      std::ranges::copy(external_ids(statement, conditioned),
                        std::back_inserter(trust.external_ids));
      if (!conditioned) trust.any_id = true;
    } else if (!account.empty()) {
      trust.other_accounts.push_back(account);
    }
  }
}

}  // namespace

std::string refused_version(std::string_view document) {
  const json parsed = json::parse(document, nullptr, false);
  const std::vector<std::string> version = texts(parsed, "Version");
  if (version.empty() || version[0] == kPolicyVersion || version[0] == kOldVersion) return {};
  return version[0];
}

TrustFacts read_trust(std::string_view document) {
  TrustFacts trust;
  const json parsed = json::parse(document, nullptr, false);
  const std::vector<json> all = statements(parsed);
  trust.readable = !all.empty();
  trust.bad_version = refused_version(document);
  for (const json& statement : all)
    if (has_effect(statement, "Allow") &&
        covers(statement, "Action", "NotAction", "sts:AssumeRole", true))
      read_principals(statement, trust);
  return trust;
}

bool accepts_external_id(const TrustFacts& trust, std::string_view external_id) {
  return trust.any_id || std::ranges::any_of(trust.external_ids, [&](const std::string& pattern) {
           return base::glob_matches(pattern, external_id);
         });
}

Grant read_grant(const std::vector<std::string>& documents, std::string_view action,
                 std::string_view resource) {
  Grant grant = Grant::none;
  for (const std::string& document : documents)
    for (const json& statement : statements(json::parse(document, nullptr, false))) {
      if (!covers(statement, "Action", "NotAction", action, true) ||
          !covers(statement, "Resource", "NotResource", resource, false))
        continue;
      const bool conditional = statement.contains("Condition");
      if (has_effect(statement, "Deny") && !conditional) return Grant::denied;
      if (!has_effect(statement, "Allow")) continue;
      if (!conditional) grant = Grant::allowed;
      if (conditional && grant == Grant::none) grant = Grant::conditional;
    }
  return grant;
}

}  // namespace protocol
