// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_client.hpp"
#include "base/result.hpp"
#include "connectors/aws_options.hpp"
#include "connectors/sigv4.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace connectors {

// A key and when it ends.
struct TimedKey {
  AwsKey key;
  std::optional<std::chrono::system_clock::time_point> expires;  // none: never
  // Whether it still holds for five minutes, time enough for the request that is made with it.
  bool usable() const;
};

// Reads {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}, the document of `aws
// configure export-credentials`, or the same under "Credentials", as `aws sts assume-role` prints
// it.
std::optional<TimedKey> read_key_document(std::string_view json);

// The caller's own key for requests that we sign: from the environment, else what `aws configure
// export-credentials` gives (AWS CLI 2.9 and later; it knows SSO, roles and processes), else static
// ones of the profile's files. Error (environment): there is none. `doing`: "cannot call lambda:x".
base::Result<TimedKey> find_key(std::string_view doing, const AwsOptions& aws);

// The key of options.role_arn, asked for through the AWS CLI.
base::Result<TimedKey> assume_role_by_cli(std::string_view doing, const AwsOptions& aws);
// The same with a request that we sign by `key`, to AWS_ENDPOINT_URL_STS or the region's own STS.
base::Result<TimedKey> assume_role_directly(std::string_view doing, const AwsOptions& aws,
                                            const std::string& region, const AwsKey& key,
                                            base::HttpClient& client);

// The name that Fivetran gives to its sessions: contract §1.1.
inline constexpr std::string_view kRoleSession = "Fivetran-Session";

}  // namespace connectors
