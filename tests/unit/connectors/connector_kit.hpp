// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/options.hpp"
#include "core/connector.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

// What the tests of connectors share.
namespace connector_kit {

// A handler of tests/unit/connectors/handlers.
std::filesystem::path handler(std::string_view name);

// What a connector has printed so far, from whatever thread.
struct Printed {
  std::mutex mutex;
  std::vector<std::string> lines;
};

// A connector for a target, with what it printed.
struct Subject {
  std::shared_ptr<Printed> output;
  std::unique_ptr<core::Connector> connector;

  // One call; an Error fails the test.
  core::RawResponse call(std::string_view body = "{}",
                         std::chrono::milliseconds timeout = std::chrono::seconds(60)) const;
  // The body of a call that must succeed.
  std::string answer(std::string_view body = "{}") const;
  // The Error of a call that must give one: "usage: …", "environment: …".
  std::string error(std::string_view body = "{}") const;
  std::vector<std::string> lines() const;
  bool printed(std::string_view part) const;
};

// Whether handlers are run by AWS's own clients (aws_clients_test.py) and not by ours. The tables
// of outcomes hold for both.
bool with_aws_clients();

// Fails the test when the target is refused.
Subject open(const std::string& target, const connectors::ConnectorOptions& options = {});

// Whether the process whose id stands at the end of `line` is gone, or goes within ten seconds.
bool is_gone(const std::string& line);

// "usage: MESSAGE" and the like.
std::string text(const base::Error& error);

// Works in another current folder for as long as it lives.
class InFolder {
 public:
  explicit InFolder(const std::filesystem::path& folder);
  ~InFolder();
  InFolder(const InFolder&) = delete;
  InFolder& operator=(const InFolder&) = delete;

 private:
  std::filesystem::path before_;
};

// Sets a variable of our own environment for as long as it lives.
class WithVariable {
 public:
  WithVariable(const std::string& name, const std::string& value);
  ~WithVariable();
  WithVariable(const WithVariable&) = delete;
  WithVariable& operator=(const WithVariable&) = delete;

 private:
  std::string name_, before_;
  bool was_set_;
};

}  // namespace connector_kit
