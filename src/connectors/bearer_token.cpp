// SPDX-License-Identifier: Apache-2.0
#include "connectors/bearer_token.hpp"

#include "base/digest.hpp"
#include "base/http_headers.hpp"
#include "base/process.hpp"
#include "connectors/environment.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace connectors {
namespace {

using base::ErrorKind;
using base::fail;

constexpr std::chrono::minutes kSlack{5}, kUnknownLife{5};
constexpr std::chrono::seconds kCommandTime{60};

std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return std::string(base::trim_blanks(text));
}

}  // namespace

std::optional<std::chrono::system_clock::time_point> token_end(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = first == token.npos ? first : token.find('.', first + 1);
  if (second == token.npos) return std::nullopt;
  const auto claims = nlohmann::json::parse(
      base::from_base64(token.substr(first + 1, second - first - 1)), nullptr, false);
  if (!claims.is_object() || !claims.contains("exp") || !claims["exp"].is_number_integer())
    return std::nullopt;
  return std::chrono::system_clock::from_time_t(claims["exp"].get<std::time_t>());
}

base::Result<std::string> CommandToken::get() {
  if (!token_.empty() && std::chrono::system_clock::now() < until_) return token_;
  FSIM_ASSIGN(std::vector<std::string> argv, base::split_words(command_));
  if (argv.empty()) return fail(ErrorKind::usage, "cannot use --auth-command: it is empty");
  const std::string program = argv.front();
  std::string last_line;
  base::RunOptions options;
  options.timeout = kCommandTime;
  options.on_stderr = [&last_line](std::string_view line) {
    if (!line.empty()) last_line = line;
  };
  const ConnectorOptions inherit{.aws_credentials = AwsCredentials::inherit};
  FSIM_ASSIGN(const base::Completed done,
              base::run({.argv = std::move(argv), .env = as_list(connector_environment(inherit))},
                        options));
  token_ = done.status.ok() ? trimmed(done.output.view()) : "";
  if (token_.empty())
    return fail(ErrorKind::environment,
                fmt::format("cannot get a token from --auth-command ({}): {}{}", program,
                            done.timed_out     ? "it did not end within a minute"
                            : done.status.ok() ? "it printed nothing"
                                               : done.status.text(),
                            last_line.empty() ? "" : ": " + last_line));
  const auto end = token_end(token_);
  until_ = end ? *end - kSlack : std::chrono::system_clock::now() + kUnknownLife;
  return token_;
}

}  // namespace connectors
