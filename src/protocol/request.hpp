// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/rule.hpp"
#include "core/sync_request.hpp"

#include <string>
#include <string_view>

namespace protocol {

// The two open questions about the request (contract §§1.2, 1.4); each is an option of `--assume`.
struct RequestShape {
  std::string custom_payload_field = "customPayload";
  bool send_empty_secrets = true;  // secrets: {} when none are configured; else the field is absent
};

// The request as Fivetran sends it: agent, state, secrets, sync_id, and where they apply the custom
// payload, setup_test, bucket and file. The state's bytes are passed on untouched.
std::string to_json(const core::SyncRequest& request, const RequestShape& shape);

// "Fivetran AWS Lambda Connector/<external id>/<schema>" and its siblings for the other platforms.
std::string agent(core::Platform platform, std::string_view external_id, std::string_view schema);

// The schema that Fivetran's form proposes for a platform's connections: "aws_lambda", …
std::string_view default_schema(core::Platform platform);

// Size and time limits of a platform: contract §3.1.
core::Limits limits(core::Platform platform);

// What the setup test allows: 65,536 bytes and 300 seconds (contract §1.4).
inline constexpr std::uint64_t kSetupTestBytes = 65'536;
inline constexpr std::chrono::seconds kSetupTestTime{300};

}  // namespace protocol
