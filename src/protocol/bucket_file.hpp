// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/raw_response.hpp"
#include "core/sync_response.hpp"
#include "protocol/type_rules.hpp"

namespace protocol {

// Joins an answer with the file that it left in the S3 bucket: one JSON object with `insert` and
// `delete` (contract §2.2). The rows of `response` are then those of the file; what it holds of its
// own is only noted. A file that is not there or no such object gives no rows, and
// SyncResponse::file says why. An answer that is no object is left as it is.
void add_bucket_file(core::SyncResponse& response, core::BucketFile file, const TypeRules& types);

}  // namespace protocol
