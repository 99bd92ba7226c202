// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace connectors {

// The settings of one profile in AWS's shared files (~/.aws/config and ~/.aws/credentials, or where
// AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE point), those of the credentials file winning:
// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html. Empty when there are none.
using AwsProfile = std::map<std::string, std::string, std::less<>>;
AwsProfile read_aws_profile(std::string_view profile);

// The settings of one section of such a file, in ASCII lower case; nested settings are left out.
AwsProfile read_aws_section(std::string_view file_text, std::string_view section);

// The profile that applies: `wanted`, else AWS_PROFILE, AWS_DEFAULT_PROFILE, "default".
std::string aws_profile_name(const std::string& wanted);

}  // namespace connectors
