// SPDX-License-Identifier: Apache-2.0
#include "engine/calls.hpp"

#include <fmt/format.h>

namespace engine {

core::SyncRequest request_template(const Settings& settings, std::string sync_id) {
  core::SyncRequest request;
  request.agent = settings.agent;
  request.secrets_json = settings.secrets_json;
  request.custom_payload_json = settings.custom_payload_json;
  request.sync_id = std::move(sync_id);
  return request;
}

void name_file(core::SyncRequest& request, const Settings& settings, int call) {
  if (settings.bucket.empty()) return;
  request.bucket = settings.bucket;
  request.file = fmt::format("fivetran/{}/call-{:05}.json", request.sync_id, call);
}

base::Result<core::RawResponse> call_connector(World& world, const Settings& settings,
                                               const core::SyncRequest& request,
                                               const std::string& body,
                                               std::chrono::milliseconds timeout) {
  if (settings.limits.request_bytes > 0 && body.size() > settings.limits.request_bytes) {
    core::RawResponse refused;
    refused.failure = core::FailureKind::request_too_large;
    refused.error_type = "RequestEntityTooLargeException";
    refused.error_message = fmt::format(
        "{} byte payload is too large for the RequestResponse invocation type (limit {} bytes)",
        body.size(), settings.limits.request_bytes);
    refused.may_have_run = false;
    return refused;
  }
  core::Call call{body, timeout};
  // What answers a setup test need not write a file: contract §1.4.
  if (!request.setup_test) {
    call.bucket = request.bucket;
    call.file = request.file;
  }
  return world.connector.invoke(call);
}

}  // namespace engine
