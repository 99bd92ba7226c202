// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_headers.hpp"

#include <chrono>
#include <string>

namespace connectors {

// How an HTTP function is reached.
struct HttpOptions {
  base::HttpHeaders headers;  // sent beside those of Fivetran
  std::string user_agent;
  std::string bearer_token;  // Authorization: Bearer …; empty: none
  std::string auth_command;  // prints a bearer token; run again before the one it gave ends
  std::string function_key;  // x-functions-key, for Azure
  std::string ca_file;       // certificates to trust instead of the system's; empty: those
  std::string serve_url;     // serve: where to post, with {port}; empty: the server's root
  std::chrono::milliseconds serve_timeout{60'000};  // serve: for the server to listen
};

}  // namespace connectors
