// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace destinations {

// A failure as the server reports it.
struct PostgresFailure {
  bool connection_lost = false;
  std::string
      state;  // five characters: https://www.postgresql.org/docs/current/errcodes-appendix.html
  std::string message, detail;
};

// One line for the user: `cannot load orders into postgresql://h/d: the connection to the server
// was lost (…)`. A failure that only a mistake of ours can cause is an internal error, all others
// are the environment's.
base::Error postgres_error(std::string_view doing, std::string_view name,
                           const PostgresFailure& failure);

// The same for a connection that was not made; `message` is libpq's, of several lines.
base::Error postgres_connect_error(std::string_view name, std::string_view message);

// Several lines as one.
std::string one_line(std::string_view text);

}  // namespace destinations
