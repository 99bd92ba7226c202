// SPDX-License-Identifier: Apache-2.0
#include "cli/repeated_calls.hpp"

#include "cli/connector_files.hpp"

#include <iostream>

#include <fmt/format.h>

namespace cli {

using base::ErrorKind;
using base::fail;
using connectors::Target;

base::Result<void> check_repeatable(const Target& target, const Arguments& args) {
  if (target.kind == connectors::TargetKind::scenario || target.text.starts_with("fixture:"))
    return fail(ErrorKind::usage,
                fmt::format("cannot use {} on {}: recorded answers are the same whatever happened "
                            "before, so they prove nothing (name the connector itself)",
                            args.command, target.text));
  if (!connectors::is_deployed(target, args.aws.endpoint_url)) return {};
  constexpr std::string_view kHarm =
      "a token that rotates is used up, a queue is drained, a quota is spent";
  if (!args.allow_repeats)
    return fail(ErrorKind::usage,
                fmt::format("cannot use {} on {}: it is deployed, and calls are repeated, dropped "
                            "and cut on purpose, 13 syncs for each page of one; what can break: {} "
                            "(add --allow-repeats if that does no harm)",
                            args.command, target.text, kHarm));
  std::cerr << fmt::format(
      "fivetran-sim: {} repeats, drops and cuts calls of {} on purpose{}; what can break: {}\n",
      args.command, target.text,
      args.max_calls > 0 ? fmt::format(", at most {} calls", args.max_calls) : "", kHarm);
  return {};
}

std::string code_stamp(const Arguments& args) {
  std::string stamp;
  for (const auto& [path, file] : connector_files(args))
    stamp += fmt::format("{} {} {}\n", path, file.bytes, file.changed);
  return stamp;
}

}  // namespace cli
