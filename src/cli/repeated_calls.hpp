// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "connectors/target.hpp"

#include <cstdint>
#include <string>

namespace cli {

// Whether calls of this target may be repeated, dropped and cut on purpose. `estimate`: how many
// calls that takes, for whoever decides. Error (usage): recorded or hand-written answers, of which
// nothing could be learned; something deployed without --allow-repeats.
base::Result<void> check_repeatable(const connectors::Target& target, const Arguments& args,
                                    const std::string& estimate);

// How many calls `chaos` makes at most: --max-calls; of something deployed kMostDeployedCalls
// unless it is given; 0: as many as it takes.
constexpr std::uint64_t kMostDeployedCalls = 1000;
std::uint64_t most_calls(const connectors::Target& target, const Arguments& args);

// What is said before the first call of something deployed; empty for what runs here.
std::string repeats_notice(const connectors::Target& target, const Arguments& args,
                           const std::string& estimate);

// Names, sizes and times of the source files of a local connector: it changes when they do.
std::string code_stamp(const Arguments& args);

}  // namespace cli
