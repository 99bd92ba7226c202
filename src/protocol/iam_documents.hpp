// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace protocol {

// The AWS account from which Fivetran calls functions: contract §5.1 (Fivetran's set-up guides).
inline constexpr std::string_view kFivetranAccount = "834469178297";
// The only version of the policy language that knows all its elements,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html, and
// the one that Fivetran's page showed for some time and AWS refuses: contract §5.1, "Trap".
inline constexpr std::string_view kPolicyVersion = "2012-10-17";
inline constexpr std::string_view kRefusedVersion = "2022-07-13";

// "aws", or "aws-cn" and "aws-us-gov" for the regions that have their own.
std::string_view aws_partition(std::string_view region);

// The ARN of a function as a policy names it. `function`: NAME, ACCOUNT:function:NAME or an ARN;
// what it does not tell (account, region) is "*". A qualifier, when there is one, stands behind.
std::string function_resource(std::string_view function, std::string_view qualifier,
                              std::string_view region);

// What the role may do: call `function_arn` ("*": every function of the account), and with a
// `bucket` write and read there. Which S3 actions Fivetran's own page names is not public; these
// are what the sync through a bucket needs (contract §2.2).
std::string permission_policy(std::string_view function_arn, std::string_view bucket,
                              std::string_view region);

// Who may take the role: Fivetran's account with this external id, and Lambda, since the same role
// serves as the function's execution role (contract §5.1).
std::string trust_policy(std::string_view external_id);

}  // namespace protocol
