// SPDX-License-Identifier: Apache-2.0
#include "base/http_headers.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "connectors/health.hpp"

#include <fmt/core.h>

namespace connectors {
namespace {

struct Program {
  const char *name, *argument, *use, *advice;
};
constexpr Program kPrograms[] = {
    {"python3", "--version", "python: targets", "apt-get install python3 or brew install python"},
    {"node", "--version", "node: targets", "apt-get install nodejs or brew install node"},
    {"aws", "--version", "lambda: targets", "apt-get install awscli or brew install awscli"},
    {"go", "version", "building connectors in Go", "apt-get install golang or brew install go"},
    {"java", "-version", "connectors in Java",
     "apt-get install default-jre-headless or brew install openjdk"},
    {"gcloud", "--version", "tokens for Google's functions (--auth-command)",
     "https://cloud.google.com/sdk/docs/install"},
    {"func", "--version", "serve: with Azure's Core Tools",
     "npm install -g azure-functions-core-tools"},
    {"git", "--version", "the sample connectors", "apt-get install git or brew install git"},
    {"curl", "--version", "bootstraps in shell", "apt-get install curl or brew install curl"},
};

}  // namespace

std::string_view name(HealthCheck::Status status) {
  switch (status) {
    case HealthCheck::Status::ok: return "ok";
    case HealthCheck::Status::absent: return "absent";
    case HealthCheck::Status::failed: return "failed";
    case HealthCheck::Status::unknown: return "unknown";
  }
  return "";
}

std::string version_line(const std::string& program, const std::string& argument,
                         const Environment& env) {
  constexpr std::chrono::seconds kLongest{20};
  std::string errors;
  base::RunOptions options;
  options.timeout = kLongest;
  options.on_stderr = [&errors](std::string_view line) { errors.append(line).append("\n"); };
  const auto done = base::run({.argv = {program, argument}, .env = as_list(env)}, options);
  if (!done || done->timed_out || !done->status.ok()) return {};
  const std::string said = std::string(done->output.view()) + errors;  // java answers on stderr
  std::string_view rest = said;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = base::trim_blanks(rest.substr(0, end));
    if (!line.empty()) return std::string(line);
    rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
  }
  return {};
}

std::vector<HealthCheck> check_programs() {
  const Environment env = connector_environment({.aws_credentials = AwsCredentials::inherit});
  const auto path = env.find("PATH");
  std::vector<HealthCheck> checks;
  for (const Program& program : kPrograms) {
    HealthCheck check{.subject = program.name};
    const auto found = base::find_program(program.name, path == env.end() ? "" : path->second);
    if (!found) {
      check.status = HealthCheck::Status::absent;
      check.detail = fmt::format("for {}", program.use);
      check.advice = program.advice;
    } else if (const std::string version = version_line(*found, program.argument, env);
               version.empty()) {
      check.status = HealthCheck::Status::failed;
      check.detail = fmt::format("{} does not run", *found);
      check.advice = fmt::format("try {} {}", *found, program.argument);
    } else {
      constexpr std::size_t kWidth = 60;  // curl's lists all its libraries
      check.detail = fmt::format("{}  ({})", base::elide_middle(version, kWidth), *found);
    }
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace connectors
