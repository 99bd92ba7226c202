// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "protocol/redactor.hpp"

#include <optional>
#include <string>

namespace cli {

// The secrets object of the request, from --secrets (a JSON file, - for stdin, env:PREFIX) and
// --secret K=V, which comes later and wins. Values stay as they are: key-value secrets are strings,
// a legacy JSON blob may hold anything (contract §1.2).
base::Result<std::string> read_secrets(const Arguments& args);

// Whether a command cannot work without the secrets that it was told of; others only hide them.
bool sends_secrets(const Arguments& args);

// Hides those of args.secrets_json that are watched.
protocol::Redactor redactor_of(const Arguments& args);

// {"K":"V",…} from repeated K=V, or none.
base::Result<std::optional<std::string>> read_custom_payload(const Arguments& args);

// The value of --state or `state set`: JSON, or the name of a file that holds JSON. Kept byte for
// byte, but for blanks around it.
base::Result<std::string> read_state(const std::string& text);

}  // namespace cli
