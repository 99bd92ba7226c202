// SPDX-License-Identifier: Apache-2.0
#include "cli/repeated_calls.hpp"

#include "base/text.hpp"
#include "cli/connector_files.hpp"

#include <fmt/format.h>

namespace cli {

using base::ErrorKind;
using base::fail;
using connectors::Target;

namespace {

constexpr std::string_view kHarm =
    "a token that rotates is used up, a queue is drained, a quota is spent";

}  // namespace

base::Result<void> check_repeatable(const Target& target, const Arguments& args,
                                    const std::string& estimate) {
  if (target.kind == connectors::TargetKind::scenario || target.text.starts_with("fixture:"))
    return fail(ErrorKind::usage,
                fmt::format("cannot use {} on {}: recorded answers are the same whatever happened "
                            "before, so they prove nothing (name the connector itself)",
                            args.command, target.text));
  if (args.allow_repeats || !connectors::is_deployed(target, args.aws.endpoint_url)) return {};
  return fail(ErrorKind::usage,
              fmt::format("cannot use {} on {}: it is deployed, and calls are repeated, dropped "
                          "and cut on purpose: {}; at most {}; what can break: {} (add "
                          "--allow-repeats if that does no harm)",
                          args.command, target.text, estimate,
                          base::human_count(most_calls(target, args)), kHarm));
}

std::uint64_t most_calls(const Target& target, const Arguments& args) {
  if (args.max_calls > 0) return args.max_calls;
  return connectors::is_deployed(target, args.aws.endpoint_url) ? kMostDeployedCalls : 0;
}

std::string repeats_notice(const Target& target, const Arguments& args,
                           const std::string& estimate) {
  if (!connectors::is_deployed(target, args.aws.endpoint_url)) return "";
  return fmt::format(
      "calls of {} are repeated, dropped and cut on purpose: {}; it ends after {} calls "
      "(--max-calls), and the same command goes on from there; what can break: {}",
      target.text, estimate, base::human_count(most_calls(target, args)), kHarm);
}

std::string code_stamp(const Arguments& args) {
  std::string stamp;
  for (const auto& [path, file] : connector_files(args))
    stamp += fmt::format("{} {} {}\n", path, file.bytes, file.changed);
  return stamp;
}

}  // namespace cli
