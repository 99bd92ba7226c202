// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"
#include "connectors/aws_options.hpp"
#include "connectors/environment.hpp"
#include "connectors/sigv4.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connectors {

// What one run of the AWS CLI gave.
struct CliAnswer {
  int exit_code = 0;   // 0: done; otherwise `errors` tells why, see read_cli_failure
  std::string output;  // stdout
  std::string errors;  // stderr
  bool timed_out = false, stopped = false;
};

// The AWS CLI on the caller's PATH, version 1 or 2. It runs in the caller's environment with
// retries, pager and prompts off: by default a call whose answer is slow would silently be made
// three (version 2) to five times (version 1).
class AwsCli {
 public:
  // Asks it for its version, once. `doing`: "cannot call lambda:orders". Error (environment): there
  // is none, or it does not run.
  static base::Result<AwsCli> find(std::string_view doing, const AwsOptions& aws);

  const std::string& version() const noexcept { return version_; }
  bool is_v1() const noexcept { return version_.starts_with("1."); }
  const std::string& program() const noexcept { return program_; }

  // Runs `aws WORDS…` with profile and region of the options, JSON output and no pager.
  // `key` replaces the caller's credentials; it travels in the environment only. `stop` breaks off.
  base::Result<CliAnswer> run(std::vector<std::string> words, std::chrono::milliseconds timeout,
                              const std::optional<AwsKey>& key = std::nullopt,
                              const base::Bell* stop = nullptr) const;

 private:
  AwsCli() = default;
  std::string program_, version_;
  AwsOptions aws_;
  Environment env_;
};

}  // namespace connectors
