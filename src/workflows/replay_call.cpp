// SPDX-License-Identifier: Apache-2.0
#include "workflows/replay_call.hpp"

#include "fixtures/redaction.hpp"
#include "protocol/json_text.hpp"
#include "protocol/secrets.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflows {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;
using fixtures::Document;
using fixtures::JsonValue;

std::optional<Document> without_secrets(std::string_view bytes, const fixtures::Fixture& fixture,
                                        const ReplayOptions& options) {
  auto document = fixtures::parse_document(bytes);
  if (!document) return document;
  fixtures::Redaction redaction(options.redactor, fixture.header().pointers);
  // What would still hold a secret is only compared, and shown without it.
  const auto clean = redaction.document("the answer", document->tokens);
  return clean ? fixtures::parse_document(clean->text) : std::move(document);
}

// The names in `<secret:NAME>`.
std::vector<std::string> wanted_secrets(std::string_view request) {
  constexpr std::string_view kStart = "<secret:";
  std::vector<std::string> names;
  for (std::size_t at = request.find(kStart); at != request.npos; at = request.find(kStart, at)) {
    at += kStart.size();
    const std::size_t end = request.find('>', at);
    if (end == request.npos) break;
    names.emplace_back(request.substr(at, end - at));
  }
  return names;
}

// The text of a secret inside a JSON string.
std::string inside_string(const std::string& value) {
  const std::string quoted = protocol::quote(value);
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

Result<std::string> with_secrets(std::string_view recorded_request, std::string_view secrets_json) {
  const std::vector<protocol::Secret> known = protocol::secret_leaves(secrets_json);
  for (const std::string& name : wanted_secrets(recorded_request))
    if (std::ranges::find(known, name, &protocol::Secret::name) == known.end())
      return fail(
          ErrorKind::usage,
          fmt::format("cannot send the recorded requests: they carried the secret {}, which "
                      "is not configured (give it with --secrets FILE or --secret {}=VALUE)",
                      name, name));
  const auto document = fixtures::parse_document(recorded_request);
  if (!document) return std::string(recorded_request);
  const protocol::JsonTokens& tokens = document->tokens;
  std::string text;
  const std::size_t at = fixtures::root_member(tokens, "secrets");
  for (std::size_t token = 0; token < tokens.size();) {
    if (token == at && at != 0) {
      text += secrets_json;
      token = tokens.after(token);
      continue;
    }
    text += tokens.raw(token++);
  }
  for (const protocol::Secret& secret : known) {
    const std::string stand_in = "<secret:" + secret.name + ">";
    const std::string value = inside_string(secret.value);
    for (std::size_t from = text.find(stand_in); from != text.npos;
         from = text.find(stand_in, from + value.size()))
      text.replace(from, stand_in.size(), value);
  }
  return text;
}

Comparable comparable(const core::RawResponse& raw, const fixtures::Fixture& fixture,
                      const ReplayOptions& options) {
  Comparable answer;
  answer.document = without_secrets(raw.body.view(), fixture, options);
  if (!answer.document) {
    answer.raw = options.redactor(raw.body.view());
    return answer;
  }
  answer.value = fixtures::json_value(answer.document->tokens);
  if (!raw.file) return answer;
  auto file = without_secrets(raw.file->bytes.view(), fixture, options);
  if (!file) return answer;
  const JsonValue rows = fixtures::json_value(file->tokens);
  for (const auto& [name, value] : rows.members)
    if (name == "insert" || name == "delete") answer.value.members.emplace_back(name, value);
  answer.document = std::move(file);  // where sampled tables are looked up
  return answer;
}

Result<core::RawResponse> send(core::Connector& connector, const std::string& request,
                               const ReplayOptions& options) {
  const auto document = fixtures::parse_document(request);
  const auto text = [&document](std::string_view name) {
    const std::size_t at = document ? fixtures::root_member(document->tokens, name) : 0;
    return at == 0 ? std::string() : protocol::string_value(document->tokens.raw(at)).value_or("");
  };
  const std::size_t setup = document ? fixtures::root_member(document->tokens, "setup_test") : 0;
  const bool setup_test = setup != 0 && document->tokens.raw(setup) == "true";
  const std::string bucket = setup_test ? "" : text("bucket");
  const std::string file = setup_test ? "" : text("file");
  return connector.invoke(
      {.body = request, .timeout = options.timeout, .bucket = bucket, .file = file});
}

Result<fixtures::CompareOptions> compare_options(const fixtures::Fixture& fixture,
                                                 const ReplayOptions& options) {
  fixtures::CompareOptions compare;
  compare.match = options.match;
  for (const std::string& pointer : options.ignore) {
    auto steps = fixtures::pointer_steps(pointer);
    if (!steps)
      return fail(ErrorKind::usage, "cannot use --ignore-field: " + steps.error().message);
    compare.ignore.push_back(std::move(*steps));
  }
  for (const std::string& pointer : fixture.header().pointers) {
    FSIM_ASSIGN(auto steps, fixtures::pointer_steps(pointer));
    compare.redacted.push_back(std::move(steps));
  }
  return compare;
}

}  // namespace workflows
