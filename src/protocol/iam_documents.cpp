// SPDX-License-Identifier: Apache-2.0
#include "protocol/iam_documents.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace protocol {
namespace {

using json = nlohmann::ordered_json;

json policy(json statements) {
  return {{"Version", kPolicyVersion}, {"Statement", std::move(statements)}};
}

}  // namespace

std::string_view aws_partition(std::string_view region) {
  if (region.starts_with("cn-")) return "aws-cn";
  return region.starts_with("us-gov-") ? "aws-us-gov" : "aws";
}

std::string function_resource(std::string_view function, std::string_view qualifier,
                              std::string_view region) {
  std::string arn(function);
  if (!function.starts_with("arn:")) {
    const std::size_t middle = function.find(":function:");
    const bool has_account = middle != function.npos;
    arn = fmt::format("arn:{}:lambda:{}:{}:function:{}", aws_partition(region),
                      region.empty() ? "*" : region, has_account ? function.substr(0, middle) : "*",
                      has_account ? function.substr(middle + 10) : function);
  }
  return qualifier.empty() ? arn : fmt::format("{}:{}", arn, qualifier);
}

std::string permission_policy(std::string_view function_arn, std::string_view bucket,
                              std::string_view region) {
  json statements = json::array();
  statements.push_back({{"Sid", "InvokePermission"},
                        {"Effect", "Allow"},
                        {"Action", json::array({"lambda:InvokeFunction"})},
                        {"Resource", function_arn}});
  if (!bucket.empty()) {
    const std::string arn = fmt::format("arn:{}:s3:::{}", aws_partition(region), bucket);
    statements.push_back({{"Sid", "AccessS3bucket"},
                          {"Effect", "Allow"},
                          {"Action", json::array({"s3:GetObject", "s3:PutObject", "s3:DeleteObject",
                                                  "s3:ListBucket", "s3:GetBucketLocation"})},
                          {"Resource", json::array({arn, arn + "/*"})}});
  }
  return policy(std::move(statements)).dump(2);
}

std::string trust_policy(std::string_view external_id) {
  const json fivetran = {
      {"Effect", "Allow"},
      {"Principal", {{"AWS", fmt::format("arn:aws:iam::{}:root", kFivetranAccount)}}},
      {"Action", "sts:AssumeRole"},
      {"Condition", {{"StringEquals", {{"sts:ExternalId", external_id}}}}}};
  const json lambda = {{"Effect", "Allow"},
                       {"Principal", {{"Service", "lambda.amazonaws.com"}}},
                       {"Action", "sts:AssumeRole"}};
  return policy(json::array({fivetran, lambda})).dump(2);
}

}  // namespace protocol
