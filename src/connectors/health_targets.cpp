// SPDX-License-Identifier: Apache-2.0
#include "base/free_port.hpp"
#include "base/http_client.hpp"
#include "base/process.hpp"
#include "connectors/handler_connector.hpp"
#include "connectors/health.hpp"
#include "connectors/health_lambda.hpp"
#include "connectors/python_interpreter.hpp"
#include "protocol/request.hpp"

#include <charconv>
#include <filesystem>

#include <fmt/core.h>

namespace connectors {
namespace {

using Status = HealthCheck::Status;
using Checks = std::vector<HealthCheck>;

void add_limits(const ConnectorOptions& options, Checks& checks) {
  const core::Limits limits = protocol::limits(options.platform);
  checks.push_back({.subject = "platform",
                    .detail = fmt::format("{}: {} bytes a request, {} an answer, {} s a call",
                                          core::name(options.platform), limits.request_bytes,
                                          limits.response_bytes, limits.call_time.count() / 1000)});
}

void add_handler(const Target& target, Checks& checks) {
  checks.push_back(
      {.subject = "handler",
       .detail = fmt::format(
           "{} in {}",
           target.function.empty() ? "lambda_handler, handler or main" : target.function,
           target.file.string()),
       .needed = true});
}

void check_python(const Target& target, const ConnectorOptions& options, Checks& checks) {
  add_handler(target, checks);
  const HandlerSetting setting = handler_setting(target, options);
  const auto found = find_python(options, target.file.parent_path(), setting.env);
  HealthCheck check{.subject = "interpreter", .needed = true};
  if (found) {
    check.detail = fmt::format("{}  ({})", version_line(*found, "--version", setting.env), *found);
  } else {
    check.status = Status::absent;
    check.detail = found.error().message;
  }
  checks.push_back(std::move(check));
}

void check_node(const Target& target, const ConnectorOptions& options, Checks& checks) {
  add_handler(target, checks);
  const HandlerSetting setting = handler_setting(target, options);
  const auto path = setting.env.find("PATH");
  const auto found = base::find_program("node", path == setting.env.end() ? "" : path->second);
  HealthCheck check{.subject = "interpreter", .needed = true};
  if (found) {
    check.detail = fmt::format("{}  ({})", version_line(*found, "--version", setting.env), *found);
  } else {
    check.status = Status::absent;
    check.detail = "no node on PATH";
    check.advice = "apt-get install nodejs or brew install node";
  }
  checks.push_back(std::move(check));
}

void check_program(const Target& target, const ConnectorOptions& options, Checks& checks) {
  const Environment env = connector_environment(options);
  const auto path = env.find("PATH");
  const auto found = base::find_program(target.argv.front(), path == env.end() ? "" : path->second);
  checks.push_back({.subject = "program",
                    .status = found ? Status::ok : Status::absent,
                    .detail = found.value_or(target.argv.front()),
                    .needed = true});
}

// The port of http://127.0.0.1:PORT/… and its like, or 0: no address of this machine.
std::uint16_t loopback_port(const Target& target) {
  if (is_deployed(target, "")) return 0;
  const std::string shown = base::shown_url(target.function);
  const std::size_t host = shown.find("://") + 3;
  const std::string authority = shown.substr(host, shown.find('/', host) - host);
  const std::size_t colon = authority.rfind(':');
  std::uint16_t port = shown.starts_with("https:") ? 443 : 80;
  if (colon != authority.npos)
    std::from_chars(authority.data() + colon + 1, authority.data() + authority.size(), port);
  return port;
}

void check_url(const Target& target, const ConnectorOptions&, Checks& checks) {
  HealthCheck check{.subject = "address", .detail = target.text, .needed = true};
  const std::uint16_t port = loopback_port(target);
  if (port == 0) {
    check.detail += "  (not tried: any request would call the function)";
  } else if (!base::is_listening(port)) {
    check.status = Status::absent;
    check.detail = fmt::format("nobody listens on port {} of this machine", port);
    check.advice = "start the server, or let serve:'CMD --port {port}' start it";
  }
  checks.push_back(std::move(check));
}

void check_scenario(const Target& target, const ConnectorOptions&, Checks& checks) {
  checks.push_back({.subject = "folder", .detail = target.file.string(), .needed = true});
}

struct Entry {
  TargetKind kind;
  void (*check)(const Target&, const ConnectorOptions&, Checks&);
};
// A kind of target needs one line here.
constexpr Entry kChecks[] = {
    {TargetKind::python, check_python},    {TargetKind::node, check_node},
    {TargetKind::command, check_program},  {TargetKind::runtime, check_program},
    {TargetKind::serve, check_program},    {TargetKind::http, check_url},
    {TargetKind::lambda, check_lambda},    {TargetKind::scenario, check_scenario},
    {TargetKind::fixture, check_scenario},
};

}  // namespace

Checks check_target(const Target& target, const ConnectorOptions& options) {
  Checks checks;
  for (const Entry& entry : kChecks)
    if (entry.kind == target.kind) entry.check(target, options, checks);
  add_limits(options, checks);
  return checks;
}

}  // namespace connectors
