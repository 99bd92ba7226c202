// SPDX-License-Identifier: Apache-2.0
#include "protocol/credential_forms.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace protocol {
namespace {

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kAlnum =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kWord =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
constexpr Credential kNone{};

std::size_t run_length(std::string_view text, std::size_t at, std::string_view alphabet) {
  if (at >= text.size()) return 0;
  return std::min(text.find_first_not_of(alphabet, at), text.size()) - at;
}

bool begins_word(std::string_view text, std::size_t at) {
  return at == 0 || !(is_alnum(text[at - 1]) || text[at - 1] == '_');
}

// The literal and at least `least` characters of the alphabet, as a word of its own.
Credential prefixed(std::string_view text, std::size_t at, const CredentialForm& form) {
  if (!begins_word(text, at)) return kNone;
  const std::size_t begin = at + form.literal.size();
  const std::size_t length = run_length(text, begin, form.alphabet);
  if (length < form.least || is_placeholder(text.substr(begin, length))) return kNone;
  return {form.kind, at, form.literal.size() + length};
}

// The same with an exact length.
Credential exact(std::string_view text, std::size_t at, const CredentialForm& form) {
  const Credential found = prefixed(text, at, form);
  const std::size_t end = found.offset + found.size;
  const bool fits = found.size == form.literal.size() + form.least &&
                    (end >= text.size() || !is_alnum(text[end]));
  return fits ? found : kNone;
}

// header.payload.signature, each base64url; the header begins `{"`.
Credential json_web_token(std::string_view text, std::size_t at, const CredentialForm& form) {
  if (!begins_word(text, at)) return kNone;
  std::size_t end = at;
  for (int part = 0; part < 3; ++part) {
    const std::size_t length = run_length(text, end, kWord);
    if (length < 10) return kNone;
    end += length;
    if (part < 2 && (end >= text.size() || text[end++] != '.')) return kNone;
  }
  return {form.kind, at, end - at};
}

// -----BEGIN … PRIVATE KEY----- and something behind it; line ends may be written \n.
Credential private_key(std::string_view text, std::size_t at, const CredentialForm& form) {
  constexpr std::string_view kTail = "PRIVATE KEY-----", kEnd = "-----END";
  const std::size_t tail = text.substr(at, 60).find(kTail);
  if (tail == text.npos) return kNone;
  const std::size_t body = at + tail + kTail.size();
  const std::size_t end = text.substr(body, 20'000).find(kEnd);
  const std::string_view inner = text.substr(body, std::min<std::size_t>(end, 4'000));
  if (std::ranges::count_if(inner, is_alnum) < 64 || is_placeholder(inner)) return kNone;
  const bool account =
      text.substr(at > 600 ? at - 600 : 0, 2'000).find("service_account") != std::string_view::npos;
  return {account ? "google-service-account-key" : form.kind, at, body - at + inner.size()};
}

Credential slack_webhook(std::string_view text, std::size_t at, const CredentialForm& form) {
  const std::size_t begin = at + form.literal.size();
  const std::size_t length = run_length(text, begin, std::string(kAlnum) + "/");
  const std::string_view path = text.substr(begin, length);
  const bool fits = path.size() >= 30 && std::ranges::count(path, '/') == 2 && path[0] == 'T';
  return fits ? Credential{form.kind, at, form.literal.size() + length} : kNone;
}

// A shared access signature: sig=… in a query that also says how long it holds.
Credential azure_sas(std::string_view text, std::size_t at, const CredentialForm& form) {
  if (at > 0 && text[at - 1] != '&' && text[at - 1] != '?') return kNone;
  const std::size_t length =
      run_length(text, at + form.literal.size(), std::string(kBase64) + "%-_");
  if (length < 40) return kNone;
  const std::string_view around = text.substr(at > 400 ? at - 400 : 0, 800);
  if (around.find("se=") == around.npos || around.find("sv=") == around.npos) return kNone;
  return {form.kind, at, form.literal.size() + length};
}

Credential azure_function_key(std::string_view text, std::size_t at, const CredentialForm& form) {
  const std::size_t end = std::min(text.find_first_of(" \t\r\n\"'<>", at), text.size());
  const std::size_t code = text.substr(0, end).find("code=", at);
  if (code == text.npos) return kNone;
  const std::size_t length = run_length(text, code + 5, std::string(kBase64) + "%-_");
  return length < 40 ? kNone : Credential{form.kind, code, length + 5};
}

Credential azure_client_secret(std::string_view text, std::size_t at, const CredentialForm& form) {
  const std::string alphabet = std::string(kWord) + ".~";
  if (at < 3) return kNone;
  const std::string_view word = text.substr(at - 3, 40);
  const bool fits = word.size() == 40 && run_length(word, 0, alphabet) == 40 &&
                    (at < 4 || !is_alnum(text[at - 4])) && entropy(word) > 3.5;
  return fits ? Credential{form.kind, at - 3, 40} : kNone;
}

// scheme://user:password@host
Credential url_password(std::string_view text, std::size_t at, const CredentialForm& form) {
  const std::size_t begin = at + form.literal.size();
  const std::size_t end = std::min(text.find_first_of(" \t\r\n\"'<>/\\,;)]}", begin), text.size());
  const std::string_view authority = text.substr(begin, end - begin);
  const std::size_t host = authority.rfind('@'), colon = authority.find(':');
  if (host == authority.npos || colon == authority.npos || colon >= host) return kNone;
  const std::string_view user = authority.substr(0, colon);
  const std::string_view password = authority.substr(colon + 1, host - colon - 1);
  const bool real = password.size() >= 5 && user.find('$') == user.npos && password != user &&
                    host + 1 < authority.size() && !is_placeholder(password);
  return real ? Credential{form.kind, begin + colon + 1, password.size()} : kNone;
}

Credential bearer(std::string_view text, std::size_t at, const CredentialForm& form) {
  const std::size_t begin = at + form.literal.size();
  std::size_t end = begin;
  while (end < text.size() && is_token_character(text[end])) ++end;
  const std::string_view token = text.substr(begin, end - begin);
  const bool real = token.size() >= 20 && entropy(token) > 3.4 && !is_placeholder(token) &&
                    std::ranges::any_of(token, [](char c) { return c >= '0' && c <= '9'; });
  return real ? Credential{form.kind, begin, token.size()} : kNone;
}

using enum CredentialDepth;

constexpr CredentialForm kForms[] = {
    {"AKIA", "aws-access-key-id", strong, exact, 16, kUpper},
    {"ASIA", "aws-access-key-id", strong, exact, 16, kUpper},
    {"AIza", "google-api-key", strong, prefixed, 35, kWord},
    {"GOCSPX-", "google-oauth-client-secret", strong, prefixed, 24, kWord},
    {"ya29.", "google-access-token", strong, prefixed, 30, kWord},
    {"AccountKey=", "azure-storage-key", strong, prefixed, 80, kBase64},
    {"sig=", "azure-shared-access-signature", strong, azure_sas, 0, {}},
    {".azurewebsites.net/", "azure-function-key", strong, azure_function_key, 0, {}},
    {"8Q~", "azure-client-secret", all, azure_client_secret, 0, {}},
    {"xoxb-", "slack-token", strong, prefixed, 20, kWord},
    {"xoxp-", "slack-token", strong, prefixed, 20, kWord},
    {"xoxa-", "slack-token", strong, prefixed, 20, kWord},
    {"xoxr-", "slack-token", strong, prefixed, 20, kWord},
    {"xapp-", "slack-token", strong, prefixed, 20, kWord},
    {"hooks.slack.com/services/", "slack-webhook", strong, slack_webhook, 0, {}},
    {"ghp_", "github-token", strong, prefixed, 36, kAlnum},
    {"gho_", "github-token", strong, prefixed, 36, kAlnum},
    {"ghu_", "github-token", strong, prefixed, 36, kAlnum},
    {"ghs_", "github-token", strong, prefixed, 36, kAlnum},
    {"ghr_", "github-token", strong, prefixed, 36, kAlnum},
    {"github_pat_", "github-token", strong, prefixed, 22, kWord},
    {"glpat-", "gitlab-token", strong, prefixed, 20, kWord},
    {"sk_live_", "stripe-key", strong, prefixed, 16, kAlnum},
    {"rk_live_", "stripe-key", strong, prefixed, 16, kAlnum},
    {"sk_test_", "stripe-key", strong, prefixed, 16, kAlnum},
    {"whsec_", "stripe-webhook-secret", strong, prefixed, 24, kBase64},
    {"SK", "twilio-key", guesses, exact, 32, kHex},
    {"SG.", "sendgrid-key", all, prefixed, 60,
     "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."},
    {"npm_", "npm-token", strong, prefixed, 36, kAlnum},
    {"pypi-AgEI", "pypi-token", strong, prefixed, 50, kWord},
    {"shpat_", "shopify-token", strong, prefixed, 32, kHex},
    {"sk-ant-", "anthropic-key", strong, prefixed, 30, kWord},
    {"sk-proj-", "openai-key", strong, prefixed, 30, kWord},
    {"eyJhbGciOi", "json-web-token", strong, json_web_token, 0, {}},
    {"eyJ0eXAiOi", "json-web-token", strong, json_web_token, 0, {}},
    {"eyJraWQiOi", "json-web-token", strong, json_web_token, 0, {}},
    {"-----BEGIN ", "private-key", strong, private_key, 0, {}},
    {"://", "url-with-password", all, url_password, 0, {}},
    {"Bearer ", "bearer-token", all, bearer, 0, {}},
};

}  // namespace

std::span<const CredentialForm> credential_forms() {
  return kForms;
}

bool is_alnum(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_token_character(char c) noexcept {
  return is_alnum(c) || std::string_view("+/=_-.~").find(c) != std::string_view::npos;
}

double entropy(std::string_view text) {
  std::array<std::size_t, 256> counts{};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (const std::size_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

bool is_placeholder(std::string_view value) {
  constexpr std::string_view kWords[] = {
      "example", "changeme", "change_me", "placeholder", "your",    "dummy",    "xxxx",
      "****",    "....",     "redacted",  "insert",      "replace", "<secret:", "${",
      "{{",      "$(",       "%s",        "password",    "secret",  "…"};
  std::string lower(value);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  if (lower.empty() || lower.front() == '<' || lower.front() == '{' || lower.front() == '$')
    return true;
  if (std::ranges::any_of(
          kWords, [&lower](std::string_view word) { return lower.find(word) != lower.npos; }))
    return true;
  return entropy(lower) < 1.5;  // "aaaaaaaa", "12121212"
}

}  // namespace protocol
