// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/raw_response.hpp"
#include "core/sync_request.hpp"
#include "engine/world.hpp"

#include <chrono>
#include <string>

namespace engine {

// The request fields that are the same for all calls of a sync.
core::SyncRequest request_template(const Settings& settings, std::string sync_id);

// Sends one request, whose JSON is `body`, within `timeout`, or gives the refusal of the platform
// when it is too large.
base::Result<core::RawResponse> call_connector(World& world, const Settings& settings,
                                               const core::SyncRequest& request,
                                               const std::string& body,
                                               std::chrono::milliseconds timeout);

// Names the bucket and the object through which the rows of a call are to come, when the sync goes
// through S3. Fivetran's own names are not known; each call gets an object of its own.
void name_file(core::SyncRequest& request, const Settings& settings, int call);

}  // namespace engine
