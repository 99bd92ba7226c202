// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace connectors {

// A deployed function as `aws lambda invoke --function-name` takes it.
struct LambdaName {
  std::string function;   // NAME, ACCOUNT:function:NAME or an ARN, without the qualifier
  std::string qualifier;  // a version or alias; empty: $LATEST
  std::string region;     // of an ARN; empty otherwise
};

// Understands NAME[:QUALIFIER], ACCOUNT:function:NAME[:QUALIFIER] and arn:aws:lambda:…, the forms
// of https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html. Error (usage): none of them.
base::Result<LambdaName> parse_lambda_name(std::string_view text);

}  // namespace connectors
