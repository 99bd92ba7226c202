// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/target.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace connectors {

// The parts of parse_target that look at the disk. Relative paths count from `folder`; when that is
// empty, from the current one.

// python or node by the extension of a file name; none for others.
std::optional<TargetKind> handler_kind(const std::filesystem::path& file);

// A handler given as FILE[:FUNCTION] or in Lambda's notation. Error (usage): no such file, a
// folder, an extension that is not of this kind.
base::Result<Target> handler_target(TargetKind kind, std::string_view text,
                                    const std::filesystem::path& folder);

// The kind of handler that `text` names in Lambda's notation: the part before the function, with
// .py, .js, .mjs or .cjs behind it, is a file. None when it is not, or when it is ambiguous.
std::optional<TargetKind> lambda_notation_kind(std::string_view text,
                                               const std::filesystem::path& folder);

// A folder of responses. Error (usage): no such folder, no *.json in it.
base::Result<Target> scenario_target(std::string_view text, const std::filesystem::path& folder);

// A folder with fixture.json. Error (usage): no such folder, none in it.
base::Result<Target> fixture_target(std::string_view text, const std::filesystem::path& folder);

// "no such file", with the name in the same folder that was probably meant.
base::Error no_such_file(std::string_view file);

// The first of lambda_handler, handler and main that the file seems to define; empty when none
// does. A look at the text, good for a name to show: the language's own runtime decides.
std::string likely_function(TargetKind kind, const std::filesystem::path& file);

}  // namespace connectors
