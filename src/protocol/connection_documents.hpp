// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/rule.hpp"

#include <string>
#include <utility>
#include <vector>

namespace protocol {

// A connection as Fivetran's form, its REST API and its Terraform provider name it: contract §5.2.
// Empty fields become placeholders in angle brackets.
struct ConnectionFacts {
  core::Platform platform = core::Platform::aws;
  std::string group_id, schema;
  std::string function, region, role_arn, external_id;  // aws
  std::string bucket;                                   // aws; set: sync through S3
  std::string trigger;                                  // gcp: the function's URL
  std::string app, function_name;                       // azure
  // Names only: a value never stands in these documents.
  std::vector<std::string> secrets;
  std::vector<std::pair<std::string, std::string>> custom_payload;
};

// "APP" and "NAME" of https://APP.azurewebsites.net/api/NAME; empty where the URL is another.
std::pair<std::string, std::string> azure_names(std::string_view url);

// The body of POST https://api.fivetran.com/v1/connections.
std::string connection_body(const ConnectionFacts& facts);

// The same for Terraform's provider fivetran/fivetran (resource fivetran_connection); secrets are
// variables.
std::string connection_terraform(const ConnectionFacts& facts);

}  // namespace protocol
