// SPDX-License-Identifier: Apache-2.0
#include "connector_kit.hpp"

#include "base/process_proc.hpp"
#include "connectors/registry.hpp"
#include "connectors/target.hpp"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <utility>

#include <doctest/doctest.h>

namespace connector_kit {

std::filesystem::path handler(std::string_view name) {
  const std::filesystem::path source = std::filesystem::canonical(FSIM_SOURCE_DIR);
  return std::filesystem::canonical(source / "tests/unit/connectors/handlers") / name;
}

core::RawResponse Subject::call(std::string_view body, std::chrono::milliseconds timeout) const {
  auto result = connector->invoke({body, timeout});
  if (!result) FAIL(text(result.error()));
  return std::move(*result);
}

std::string Subject::answer(std::string_view body) const {
  const core::RawResponse raw = call(body);
  INFO(raw.error_type, ": ", raw.error_message);
  REQUIRE(raw.answered());
  return std::string(raw.body.view());
}

std::string Subject::error(std::string_view body) const {
  const auto result = connector->invoke({body, std::chrono::seconds(60)});
  REQUIRE_FALSE(result.has_value());
  return text(result.error());
}

std::vector<std::string> Subject::lines() const {
  const std::lock_guard lock(output->mutex);
  return output->lines;
}

bool Subject::printed(std::string_view part) const {
  const std::vector<std::string> all = lines();
  return std::any_of(all.begin(), all.end(),
                     [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

bool with_aws_clients() {
  return std::getenv("FSIM_TEST_AWS_CLIENTS") != nullptr;
}

Subject open(const std::string& target, const connectors::ConnectorOptions& options) {
  const auto parsed = connectors::parse_target(target);
  if (!parsed) FAIL(text(parsed.error()));
  Subject subject;
  subject.output = std::make_shared<Printed>();
  auto sink = [output = subject.output](std::string_view line) {
    const std::lock_guard lock(output->mutex);
    output->lines.emplace_back(line);
  };
  connectors::ConnectorOptions chosen = options;
  if (chosen.runtime_client == connectors::RuntimeClient::automatic)
    chosen.runtime_client =
        with_aws_clients() ? connectors::RuntimeClient::aws : connectors::RuntimeClient::built_in;
  auto made = connectors::make_connector(*parsed, chosen, std::move(sink));
  if (!made) FAIL(text(made.error()));
  subject.connector = std::move(*made);
  return subject;
}

std::string text(const base::Error& error) {
  switch (error.kind) {
    case base::ErrorKind::usage: return "usage: " + error.message;
    case base::ErrorKind::environment: return "environment: " + error.message;
    case base::ErrorKind::interrupted: return "interrupted: " + error.message;
    case base::ErrorKind::internal: return "internal: " + error.message;
  }
  return error.message;
}

bool is_gone(const std::string& line) {
  const pid_t pid = std::stoi(line.substr(line.rfind(' ') + 1));
  for (int i = 0; i < 1000; ++i) {
    const char state = base::process_stat(pid).state;
    if (state == 0 || state == 'Z') return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

InFolder::InFolder(const std::filesystem::path& folder) : before_(std::filesystem::current_path()) {
  std::filesystem::current_path(folder);
}

InFolder::~InFolder() {
  std::filesystem::current_path(before_);
}

WithVariable::WithVariable(const std::string& name, const std::string& value) : name_(name) {
  const char* before = std::getenv(name.c_str());
  was_set_ = before != nullptr;
  if (was_set_) before_ = before;
  setenv(name.c_str(), value.c_str(), 1);
}

WithVariable::~WithVariable() {
  if (was_set_)
    setenv(name_.c_str(), before_.c_str(), 1);
  else
    unsetenv(name_.c_str());
}

}  // namespace connector_kit
