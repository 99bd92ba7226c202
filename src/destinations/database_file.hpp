// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>

namespace destinations {

// For engines whose database is a file; `name` is how messages call it: "sqlite:w.sqlite".

// Makes the folder that the file at `path` is to lie in. Error (environment): it cannot be made.
base::Result<void> make_folder_of(const std::string& path, const std::string& name);

// Error (environment): there is no file at `path`.
base::Result<void> check_exists(const std::string& path, const std::string& name);

}  // namespace destinations
