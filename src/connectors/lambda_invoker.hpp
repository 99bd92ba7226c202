// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"
#include "connectors/aws_failure.hpp"
#include "connectors/aws_options.hpp"
#include "connectors/lambda_name.hpp"
#include "connectors/log_tail.hpp"
#include "core/connector.hpp"

#include <memory>
#include <optional>
#include <string>

namespace connectors {

// One way to call a deployed function. Each `invoke` makes one request and never repeats it.
class LambdaInvoker {
 public:
  virtual ~LambdaInvoker() = default;
  // Fills `raw` from the function's answer, an answer with FunctionError included, and passes its
  // log on. A failure of AWS itself comes back to be judged by the caller. `stop` breaks off.
  virtual base::Result<std::optional<AwsFailure>> invoke(const core::Call& call,
                                                         core::RawResponse& raw, LogTail& log,
                                                         const base::Bell& stop) = 0;
};

// What every invoker needs to know.
struct LambdaTarget {
  LambdaName name;
  std::string doing;  // "cannot call lambda:orders", the start of messages
  AwsOptions aws;
};

// Through the AWS CLI, one process a call. Error (environment): there is no CLI.
base::Result<std::unique_ptr<LambdaInvoker>> make_cli_invoker(LambdaTarget target);
// With requests that we sign, over one kept connection. Errors: no region, no credentials
// (environment), an endpoint that is none (usage).
base::Result<std::unique_ptr<LambdaInvoker>> make_direct_invoker(LambdaTarget target);

// The endpoint that was asked for: --endpoint-url, AWS_ENDPOINT_URL_LAMBDA, AWS_ENDPOINT_URL;
// empty: AWS's own.
std::string lambda_endpoint(const AwsOptions& aws);
// The region that was asked for: --region, the ARN's, AWS_REGION, AWS_DEFAULT_REGION; empty: the
// profile's own. Version 1 of the CLI knows the last variable only.
std::string wanted_region(const LambdaTarget& target);

}  // namespace connectors
