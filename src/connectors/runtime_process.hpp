// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/process.hpp"
#include "base/result.hpp"
#include "connectors/environment.hpp"
#include "connectors/runtime_api.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace connectors {

// A program that speaks the Lambda Runtime API, and how to start it.
struct RuntimeProgram {
  std::vector<std::string> argv;
  Environment env;               // complete but for AWS_LAMBDA_RUNTIME_API
  std::filesystem::path folder;  // its working folder
  std::uint64_t memory_limit = 0;
};

// Makes the file system read-only for `program`, but for `temporary` and /tmp. Error: see
// base::read_only_command.
base::Result<void> make_read_only(RuntimeProgram& program, const std::filesystem::path& temporary);

// One run of such a program, with the Runtime API that it talks to. It ends with this object, and
// with it all that it started.
class RuntimeProcess {
 public:
  // Error: the program cannot be started (usage), no port (environment).
  static base::Result<std::unique_ptr<RuntimeProcess>> start(const RuntimeProgram& program,
                                                             std::uint64_t max_response,
                                                             base::LineSink on_line);

  RuntimeApi& api() noexcept { return *api_; }
  // Ends it now; from any thread.
  void kill() noexcept { child_->kill(); }
  // How it ended, once it has.
  std::optional<base::ExitStatus> status() const { return child_->status(); }
  // After `settle`: freezes it when it waits for the next invocation; and thaws it before that.
  void freeze();
  void thaw() { child_->resume(); }
  // After an answer: waits until the runtime asks for more or has ended, which is when an
  // invocation is over, and until what it printed has arrived; for a moment at most, a handler that
  // goes on working is waited for by the next call.
  void settle();
  // Highest RSS so far; 0 where the system does not tell.
  std::uint64_t peak_memory_bytes() const;

 private:
  RuntimeProcess() = default;

  std::unique_ptr<RuntimeApi> api_;
  std::unique_ptr<base::ChildProcess> child_;  // last: its thread tells api_ of its end
};

}  // namespace connectors
