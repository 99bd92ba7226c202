// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"
#include "base/http_headers.hpp"
#include "base/text.hpp"
#include "cli/http_options.hpp"
#include "cli/options.hpp"

#include <cstdlib>

#include <fmt/core.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

// env:NAME is a variable, @FILE the first line of a file, anything else the value itself.
Result<std::string> secret_value(const std::string& option, const std::string& text) {
  if (text.starts_with("env:")) {
    const char* value = std::getenv(text.c_str() + 4);
    if (value == nullptr || *value == '\0')
      return fail(ErrorKind::usage, fmt::format("cannot use {} {}: the variable {} is not set",
                                                option, text, text.substr(4)));
    return std::string(value);
  }
  if (!text.starts_with('@')) return text;
  FSIM_ASSIGN(const std::string content, base::read_file(text.substr(1)));
  return std::string(base::trim_blanks(content.substr(0, content.find_first_of("\r\n"))));
}

Result<void> add_headers(const Arguments& args, base::HttpHeaders& headers) {
  for (const std::string& text : args.http.headers) {
    const std::size_t colon = text.find_first_of(":=");
    if (colon == text.npos || colon == 0)
      return fail(ErrorKind::usage,
                  fmt::format("cannot read --header: write NAME=VALUE or 'NAME: VALUE'"));
    headers.emplace_back(base::trim_blanks(text.substr(0, colon)),
                         base::trim_blanks(text.substr(colon + 1)));
  }
  return {};
}

}  // namespace

void add_http_options(CLI::App& app, HttpArguments& args) {
  const char* group = "An HTTP function";
  app.add_option("--auth-token", args.auth_token,
                 "Bearer token: env:NAME, @FILE, or the token itself")
      ->type_name("TOKEN")
      ->group(group);
  app.add_option("--auth-command", args.auth_command,
                 "Command that prints a bearer token: 'gcloud auth print-identity-token'")
      ->type_name("COMMAND")
      ->group(group);
  app.add_option("--function-key", args.function_key,
                 "Azure function key: env:NAME, @FILE, or the key itself")
      ->type_name("KEY")
      ->group(group);
  app.add_option("--header", args.headers, "NAME=VALUE, sent with each request; repeatable")
      ->type_name("NAME=VALUE")
      ->group(group);
  app.add_option("--ca-file", args.ca_file, "Certificates to trust instead of the system's")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--url", args.serve_url, "serve: where to post; http://127.0.0.1:{port}/")
      ->type_name("URL")
      ->group(group);
  app.add_option("--serve-timeout", args.serve_timeout, "serve: time to start listening: 60s")
      ->type_name("TIME")
      ->group(group);
}

Result<connectors::HttpOptions> http_options(const Arguments& args) {
  connectors::HttpOptions options;
  options.user_agent = "fivetran-sim/" FSIM_VERSION;
  FSIM_ASSIGN(options.bearer_token, secret_value("--auth-token", args.http.auth_token));
  FSIM_ASSIGN(options.function_key, secret_value("--function-key", args.http.function_key));
  FSIM_TRY(add_headers(args, options.headers));
  options.auth_command = args.http.auth_command;
  options.ca_file = args.http.ca_file;
  options.serve_url = args.http.serve_url;
  if (!args.http.serve_timeout.empty()) {
    FSIM_ASSIGN(options.serve_timeout, base::parse_duration(args.http.serve_timeout));
  }
  return options;
}

}  // namespace cli
