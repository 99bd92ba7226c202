// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/credentials.hpp"

namespace protocol {

// An assignment of something that looks random to a name that means a secret: `password = "…"`,
// `"clientSecret": "…"`, `API_TOKEN=…`. The credential is the value.
std::optional<Credential> guess_credential(std::string_view text, std::size_t from);

}  // namespace protocol
