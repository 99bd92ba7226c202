// SPDX-License-Identifier: Apache-2.0
#include "connectors/sigv4.hpp"

#include "base/digest.hpp"

#include <algorithm>
#include <cctype>
#include <ctime>
#include <map>

#include <fmt/core.h>

namespace connectors {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

// "20150830T123600Z".
std::string amz_date(std::chrono::sys_seconds time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

std::string encoded_path(const AwsRequest& request, bool twice) {
  std::string path;
  for (const std::string& segment : request.path) {
    const std::string once = uri_encoded(segment);
    path.append("/").append(twice ? uri_encoded(once) : once);
  }
  return path.empty() ? "/" : path;
}

std::string canonical_query(const AwsRequest& request) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& [name, value] : request.query)
    pairs.emplace_back(uri_encoded(name), uri_encoded(value));
  std::ranges::sort(pairs);
  std::string query;
  for (const auto& [name, value] : pairs)
    query += fmt::format("{}{}={}", query.empty() ? "" : "&", name, value);
  return query;
}

// Outer blanks away, runs of blanks become one.
std::string folded(std::string_view value) {
  std::string text;
  for (const char c : base::trim_blanks(value))
    if (c != ' ' || text.empty() || text.back() != ' ') text += c;
  return text;
}

// By lower-case name; values of one name joined by commas in the order given.
std::map<std::string, std::string> canonical_headers(const AwsRequest& request,
                                                     const base::HttpHeaders& sent) {
  std::map<std::string, std::string> headers{{"host", request.host}};
  for (const auto& [name, value] : sent) {
    std::string lower = name;
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto [at, fresh] = headers.try_emplace(lower, folded(value));
    if (!fresh) at->second += "," + folded(value);
  }
  return headers;
}

std::string signing_key(const AwsKey& key, const AwsScope& scope, std::string_view day) {
  std::string derived = base::hmac_sha256("AWS4" + key.secret, day);
  derived = base::hmac_sha256(derived, scope.region);
  derived = base::hmac_sha256(derived, scope.service);
  return base::hmac_sha256(derived, "aws4_request");
}

}  // namespace

std::string uri_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain)
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", byte);
  }
  return encoded;
}

std::string request_target(const AwsRequest& request) {
  std::string target = encoded_path(request, false);
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    target += fmt::format("{}{}={}", separator, uri_encoded(name), uri_encoded(value));
    separator = '&';
  }
  return target;
}

base::HttpHeaders signed_headers(const AwsRequest& request, const AwsScope& scope,
                                 const AwsKey& key) {
  const std::string date = amz_date(scope.time);
  base::HttpHeaders headers = request.headers;
  headers.emplace_back("X-Amz-Date", date);
  if (!key.token.empty()) headers.emplace_back("X-Amz-Security-Token", key.token);

  std::string names, lines;
  for (const auto& [name, value] : canonical_headers(request, headers)) {
    names += fmt::format("{}{}", names.empty() ? "" : ";", name);
    lines += fmt::format("{}:{}\n", name, value);
  }
  const std::string canonical = fmt::format(
      "{}\n{}\n{}\n{}\n{}\n{}", request.method, encoded_path(request, scope.service != "s3"),
      canonical_query(request), lines, names, base::to_hex(base::sha256(request.body)));
  const std::string day = date.substr(0, 8);
  const std::string credential_scope =
      fmt::format("{}/{}/{}/aws4_request", day, scope.region, scope.service);
  const std::string to_sign = fmt::format("{}\n{}\n{}\n{}", kAlgorithm, date, credential_scope,
                                          base::to_hex(base::sha256(canonical)));
  const std::string signature =
      base::to_hex(base::hmac_sha256(signing_key(key, scope, day), to_sign));
  headers.emplace_back("Authorization",
                       fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}",
                                   kAlgorithm, key.id, credential_scope, names, signature));
  return headers;
}

}  // namespace connectors
