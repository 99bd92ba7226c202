// SPDX-License-Identifier: Apache-2.0
#include "cli/secrets_input.hpp"

#include "base/files.hpp"
#include "protocol/explain.hpp"
#include "protocol/json_text.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#ifdef __APPLE__
extern char** environ;  // glibc declares it in unistd.h
#endif

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;
using protocol::Members;

base::Result<std::pair<std::string, std::string>> split_pair(const std::string& option,
                                                             const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    return fail(ErrorKind::usage,  // the text may be a secret: it is not repeated
                fmt::format("cannot read {}: it needs the form NAME=VALUE", option));
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

void put(Members& members, const std::string& key, std::string value) {
  for (auto& [name, old] : members)
    if (name == key) {
      old = std::move(value);
      return;
    }
  members.emplace_back(key, std::move(value));
}

std::string object_of(const Members& members) {
  std::string json = "{";
  for (const auto& [key, value] : members)
    json += (json.size() > 1 ? "," : "") + protocol::quote(key) + ":" + value;
  return json + "}";
}

Members from_environment(const std::string& prefix) {
  Members members;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (!text.starts_with(prefix) || equals == text.npos || equals <= prefix.size()) continue;
    put(members, std::string(text.substr(prefix.size(), equals - prefix.size())),
        protocol::quote(text.substr(equals + 1)));
  }
  return members;
}

base::Result<Members> from_document(const std::string& where, const std::string& text) {
  if (const auto fault = protocol::explain(text))
    return fail(ErrorKind::usage,
                fmt::format("cannot read the secrets from {}: line {} column {}: {}", where,
                            fault->line, fault->column, fault->what));
  auto members = protocol::members(text);
  if (!members)
    return fail(
        ErrorKind::usage,
        fmt::format("the secrets in {} are not a JSON object (write {{\"apiToken\": \"…\"}})",
                    where));
  return std::move(*members);
}

base::Result<Members> from_source(const std::string& source) {
  if (source.starts_with("env:")) {
    Members members = from_environment(source.substr(4));
    if (members.empty())
      return fail(ErrorKind::usage,
                  fmt::format("no environment variable begins with {} (asked for by --secrets {})",
                              source.substr(4), source));
    return members;
  }
  if (source == "-") {
    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    return from_document("standard input", text);
  }
  auto text = base::read_file(source);
  if (!text)
    return fail(ErrorKind::usage,
                text.error().message + " (give --secrets FILE or --secret KEY=VALUE)");
  return from_document(source, *text);
}

}  // namespace

base::Result<std::string> read_secrets(const Arguments& args) {
  Members members;
  if (!args.secrets.empty()) {
    FSIM_ASSIGN(members, from_source(args.secrets));
  }
  for (const std::string& text : args.secret) {
    FSIM_ASSIGN(const auto pair, split_pair("--secret", text));
    put(members, pair.first, protocol::quote(pair.second));
  }
  return object_of(members);
}

bool sends_secrets(const Arguments& args) {
  constexpr std::string_view kLooking[] = {"state", "tables", "sql",    "diff",
                                           "reset", "rules",  "explain"};
  return std::ranges::find(kLooking, args.command) == std::end(kLooking);
}

protocol::Redactor redactor_of(const Arguments& args) {
  return protocol::Redactor(args.secrets_json, {args.sensitive, args.open});
}

base::Result<std::optional<std::string>> read_custom_payload(const Arguments& args) {
  if (args.custom_payload.empty()) return std::optional<std::string>{};
  Members members;
  for (const std::string& text : args.custom_payload) {
    FSIM_ASSIGN(const auto pair, split_pair("--custom-payload", text));
    put(members, pair.first, protocol::quote(pair.second));
  }
  return std::optional<std::string>(object_of(members));
}

base::Result<std::string> read_state(const std::string& text) {
  const auto trimmed = [](std::string_view raw) {
    const std::size_t first = raw.find_first_not_of(" \t\r\n"),
                      last = raw.find_last_not_of(" \t\r\n");
    return first == raw.npos ? std::string() : std::string(raw.substr(first, last - first + 1));
  };
  std::string json = trimmed(text), where = "--state";
  const char first = json.empty() ? '\0' : json.front();
  if (first != '{' && first != '[' && first != '"') {
    where = text;
    auto file = base::read_file(text);
    if (!file)
      return fail(ErrorKind::usage, "cannot read the state: " + file.error().message +
                                        " (give a file or JSON such as '{\"n\":1}')");
    json = trimmed(*file);
  }
  if (const auto fault = protocol::explain(json))
    return fail(ErrorKind::usage, fmt::format("the state in {} is not JSON: line {} column {}: {}",
                                              where, fault->line, fault->column, fault->what));
  return json;
}

}  // namespace cli
