// SPDX-License-Identifier: Apache-2.0
#include "protocol/request.hpp"

#include "protocol/json_text.hpp"

#include <fmt/format.h>

namespace protocol {

using core::Platform;

std::string to_json(const core::SyncRequest& request, const RequestShape& shape) {
  std::string json = "{\"agent\":" + quote(request.agent);
  const auto field = [&json](std::string_view name, std::string_view value) {
    json.append(",").append(quote(name)).append(":").append(value);
  };
  if (request.send_state) field("state", request.state.json);
  if (shape.send_empty_secrets || request.secrets_json != "{}")
    field("secrets", request.secrets_json);
  if (request.custom_payload_json) field(shape.custom_payload_field, *request.custom_payload_json);
  field("sync_id", quote(request.sync_id));
  if (request.setup_test) field("setup_test", "true");
  if (!request.bucket.empty()) {
    field("bucket", quote(request.bucket));
    field("file", quote(request.file));
  }
  json += '}';
  return json;
}

std::string agent(Platform platform, std::string_view external_id, std::string_view schema) {
  const std::string_view product = platform == Platform::aws   ? "AWS Lambda"
                                   : platform == Platform::gcp ? "Google Cloud Functions"
                                                               : "Azure Functions";
  return fmt::format("Fivetran {} Connector/{}/{}", product, external_id, schema);
}

std::string_view default_schema(Platform platform) {
  switch (platform) {
    case Platform::aws: return "aws_lambda";
    case Platform::gcp: return "google_cloud_functions";
    case Platform::azure: return "azure_functions";
  }
  return "";
}

core::Limits limits(Platform platform) {
  using std::chrono::seconds;
  switch (platform) {
    // Lambda counts 6 MiB for the request and 100 bytes more for the response (lambda.md §2).
    case Platform::aws: return {6'291'456, 6'291'556, seconds(900)};
    // "Google Cloud Functions' maximum payload size is 10MB"; 540 s for the 1st generation.
    case Platform::gcp: return {10'485'760, 10'485'760, seconds(540)};
    // 100 MB for requests; 230 s for any HTTP-triggered function (its load balancer).
    case Platform::azure: return {104'857'600, 104'857'600, seconds(230)};
  }
  return {};
}

}  // namespace protocol
