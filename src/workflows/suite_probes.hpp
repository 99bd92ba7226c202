// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/sync_response.hpp"
#include "engine/world.hpp"

#include <optional>
#include <string>

namespace workflows {

// JSON with the keys of its objects in reverse order at every depth; the same text when no object
// has two keys.
std::string with_reversed_keys(const std::string& json);

// What a call that starts from `state` answers, in canonical form; none when it failed or answered
// no JSON.
base::Result<std::optional<std::string>> answer_to(engine::World& world,
                                                   const engine::Settings& settings,
                                                   const std::string& state,
                                                   const std::string& sync_id);

}  // namespace workflows
