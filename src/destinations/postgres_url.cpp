// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_url.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace destinations {
namespace {

constexpr std::array<std::string_view, 3> kSecretParameters = {"password", "sslpassword",
                                                               "passfile"};

struct Parts {
  std::string_view begin;     // "postgresql://user"
  std::string_view password;  // as it stands in the URL
  std::string_view rest;      // "@host:5432/db"
  std::vector<std::string_view> parameters;
};

Parts split(std::string_view url) {
  Parts parts;
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) {
    parts.begin = url;
    return parts;
  }
  const std::size_t authority = scheme + 3;
  // What follows the last @ is no password; one that was not encoded may hold a question mark.
  const std::size_t last = url.rfind('@');
  const std::size_t first_mark = url.find('?');
  const bool mark_in_password = last != url.npos && first_mark < last &&
                                url.substr(authority, first_mark - authority).find(':') != url.npos;
  const std::size_t query = mark_in_password ? url.find('?', last) : first_mark;
  const std::string_view main = url.substr(0, query);
  // The last @: a password that was not encoded may hold one itself, and a slash as well.
  const std::size_t at = main.rfind('@');
  const std::size_t colon = main.find(':', authority);
  if (at != main.npos && at >= authority && colon < at) {
    parts.begin = main.substr(0, colon);
    parts.password = main.substr(colon + 1, at - colon - 1);
    parts.rest = main.substr(at);
  } else {
    parts.begin = main;
  }
  if (query == url.npos) return parts;
  std::string_view list = url.substr(query + 1);
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('&'), list.size());
    if (end > 0) parts.parameters.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

bool is_secret(std::string_view parameter) {
  return std::ranges::find(kSecretParameters, parameter.substr(0, parameter.find('='))) !=
         kSecretParameters.end();
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                        hex_digit(text[i + 2]) >= 0;
    if (!escape) {
      plain += text[i];
      continue;
    }
    plain += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
    i += 2;
  }
  return plain;
}

void hide(std::string& message, const std::string& secret) {
  if (secret.empty()) return;
  for (std::size_t at = message.find(secret); at != message.npos; at = message.find(secret, at + 3))
    message.replace(at, secret.size(), "***");
}

}  // namespace

std::string without_password(std::string_view url) {
  const Parts parts = split(url);
  std::string text(parts.begin);
  text += parts.rest;
  char mark = '?';
  for (const std::string_view parameter : parts.parameters) {
    if (is_secret(parameter)) continue;
    text += mark;
    text += parameter;
    mark = '&';
  }
  return text;
}

std::string without_passwords_of(std::string_view url, std::string message) {
  const Parts parts = split(url);
  std::vector<std::string_view> secrets = {parts.password};
  for (const std::string_view parameter : parts.parameters)
    if (is_secret(parameter) && parameter.find('=') != parameter.npos)
      secrets.push_back(parameter.substr(parameter.find('=') + 1));
  for (const std::string_view secret : secrets) {
    hide(message, std::string(secret));
    hide(message, decoded(secret));
  }
  return message;
}

}  // namespace destinations
