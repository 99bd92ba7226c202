// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/environment.hpp"
#include "connectors/options.hpp"

#include <filesystem>
#include <string>

namespace connectors {

// The interpreter for a Python handler: --python, else $VIRTUAL_ENV, else a .venv beside the
// handler or in the project root, else python3 on the PATH of `env`. A start script of a version
// manager (pyenv) is asked once which interpreter it stands for; through it each start would cost
// 0.1 s more. Error: --python names no program (usage); there is none, or what was found does not
// run (environment).
base::Result<std::string> find_python(const ConnectorOptions& options,
                                      const std::filesystem::path& handler_folder,
                                      const Environment& env);

}  // namespace connectors
