// SPDX-License-Identifier: Apache-2.0
#include "connectors/lambda_name.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include <fmt/format.h>

namespace connectors {
namespace {

using base::ErrorKind;
using base::fail;

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (true) {
    const std::size_t colon = text.find(':', begin);
    parts.emplace_back(text.substr(begin, colon == text.npos ? text.npos : colon - begin));
    if (colon == text.npos) return parts;
    begin = colon + 1;
  }
}

bool is_word(std::string_view text, std::string_view also) {
  return !text.empty() && std::ranges::all_of(text, [also](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' ||
           also.find(c) != also.npos;
  });
}

bool is_account(std::string_view text) {
  return text.size() == 12 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Parts that stand before NAME: 0 for a name, 2 for ACCOUNT:function:, 6 for an ARN; -1: neither.
int prefix_length(const std::vector<std::string>& parts) {
  const auto at = [&parts](std::size_t i) { return i < parts.size() ? parts[i] : std::string(); };
  if (at(0) == "arn")
    return at(1).starts_with("aws") && at(2) == "lambda" && !at(3).empty() && is_account(at(4)) &&
                   at(5) == "function"
               ? 6
               : -1;
  return is_account(at(0)) && at(1) == "function" ? 2 : 0;
}

}  // namespace

base::Result<LambdaName> parse_lambda_name(std::string_view text) {
  const std::vector<std::string> parts = split(text);
  const int prefix = prefix_length(parts);
  const auto name_at = static_cast<std::size_t>(std::max(prefix, 0));
  const bool fits = prefix >= 0 && (parts.size() == name_at + 1 || parts.size() == name_at + 2) &&
                    is_word(parts[name_at], "") && parts[name_at].size() <= 140 &&
                    (parts.size() == name_at + 1 || is_word(parts[name_at + 1], "$"));
  if (!fits)
    return fail(ErrorKind::usage,
                fmt::format("cannot use lambda:{}: it is no function name (write lambda:NAME, "
                            "lambda:NAME:ALIAS or lambda:arn:aws:lambda:REGION:ACCOUNT:function:"
                            "NAME)",
                            text));
  LambdaName name;
  name.function = fmt::format("{}", fmt::join(parts.begin(), parts.begin() + prefix + 1, ":"));
  if (parts.size() == name_at + 2) name.qualifier = parts.back();
  if (prefix == 6) name.region = parts[3];
  return name;
}

}  // namespace connectors
