// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace destinations {

// A failure as SQLite reports it.
struct SqliteFailure {
  int code = 0;  // the extended result code
  std::string message;
  int system_errno = 0;
};

// One line for the user: `cannot load orders into sqlite:w.sqlite: the disk is full (…)`. A failure
// that only a mistake of ours can cause is an internal error, all others are the environment's.
base::Error sqlite_error(std::string_view doing, std::string_view name,
                         const SqliteFailure& failure);

}  // namespace destinations
