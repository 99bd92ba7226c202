// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace connectors {

// When a JSON Web Token ends, from its `exp`; none: it is no such token or never ends.
std::optional<std::chrono::system_clock::time_point> token_end(std::string_view token);

// A token that a command prints, such as `gcloud auth print-identity-token`. It is kept until five
// minutes before its end, or for five minutes when it does not tell one; what the command prints is
// shown to nobody.
class CommandToken {
 public:
  explicit CommandToken(std::string command) : command_(std::move(command)) {}
  // Errors: the command is none (usage), fails or prints nothing (environment).
  base::Result<std::string> get();

 private:
  std::string command_, token_;
  std::chrono::system_clock::time_point until_{};
};

}  // namespace connectors
