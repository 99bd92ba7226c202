// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/padded_buffer.hpp"
#include "core/sync_response.hpp"
#include "protocol/type_rules.hpp"

namespace protocol {

// Reads a response of a connector (contract §2) into facts. Never fails and never judges: a body
// that is no JSON, or JSON of another shape, gives a SyncResponse whose facts say so, with line,
// column and the text around the fault.
//
// Strict: UTF-8 checked, each scalar validated, digits kept, duplicate keys seen (the last one of a
// row wins), nothing behind the root value. Column types are inferred in the same pass.
core::SyncResponse parse(base::PaddedBuffer body, const TypeRules& types = {});

}  // namespace protocol
