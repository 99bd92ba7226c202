// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/aws_options.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>
#include <string_view>

namespace connectors {

// Looks into the S3 bucket that a connector was told to write to.
class BucketReader {
 public:
  virtual ~BucketReader() = default;
  // Before the connector runs: what was written until now is nothing of it.
  virtual void begin_call() = 0;
  // What lies under that name now that it has returned. Error: the bucket cannot be looked into.
  virtual base::Result<core::BucketFile> read(std::string_view bucket, std::string_view file) = 0;
};

// The connector, whose answers to calls that name a bucket come with what it left there.
std::unique_ptr<core::Connector> with_bucket(std::unique_ptr<core::Connector> connector,
                                             std::unique_ptr<BucketReader> reader);

// A stand-in for S3 on loopback; `options` gets the variables by which the connector finds it.
// Error (environment): no port, no folder for temporary files.
base::Result<std::unique_ptr<BucketReader>> make_local_bucket(ConnectorOptions& options);

// A real bucket, read by the AWS CLI. Error (environment): there is none.
base::Result<std::unique_ptr<BucketReader>> make_aws_bucket(const Target& target,
                                                            const AwsOptions& aws);

}  // namespace connectors
