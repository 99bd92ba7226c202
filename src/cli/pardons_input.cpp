// SPDX-License-Identifier: Apache-2.0
#include "cli/pardons_input.hpp"

#include "base/files.hpp"
#include "base/time.hpp"
#include "rules/catalogue.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

// RULE[=REASON]
WaiverArgument split(const std::string& text) {
  const std::size_t equals = text.find('=');
  WaiverArgument waiver;
  waiver.rule = text.substr(0, equals);
  if (equals != std::string::npos) waiver.reason = text.substr(equals + 1);
  waiver.origin = "--waive";
  return waiver;
}

base::Result<core::WaiverUse> checked(const WaiverArgument& given) {
  FSIM_ASSIGN(const core::RuleInfo* rule, rules::find_named(given.origin, given.rule));
  core::WaiverUse waiver;
  waiver.rule = rule->id;
  waiver.slug = rule->slug;
  waiver.table = given.table;
  waiver.reason = given.reason;
  waiver.expires = given.expires;
  waiver.origin = given.origin;
  return waiver;
}

bool in_ci() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && *ci != '\0' && std::string_view(ci) != "false";
}

base::Result<workflows::Baseline> open_baseline(const PardonArguments& args) {
  workflows::Baseline baseline{.file = args.baseline, .rewrite = args.update_baseline};
  std::error_code error;
  if (std::filesystem::exists(args.baseline, error)) {
    FSIM_ASSIGN(baseline.findings, workflows::read_baseline(args.baseline));
    return baseline;
  }
  if (!args.update_baseline && in_ci())
    return fail(ErrorKind::usage,
                fmt::format("there is no baseline {}, and with CI set none is begun (run the same "
                            "command outside CI and commit the file, or add --update-baseline)",
                            args.baseline));
  baseline.rewrite = true;
  return baseline;
}

}  // namespace

base::Result<std::unique_ptr<workflows::Pardons>> read_pardons(const Arguments& args,
                                                               core::WallTime now,
                                                               const protocol::Redactor& redact) {
  std::vector<core::WaiverUse> waivers;
  for (const std::string& text : args.pardons.waive) {
    FSIM_ASSIGN(core::WaiverUse waiver, checked(split(text)));
    waivers.push_back(std::move(waiver));
  }
  for (const WaiverArgument& given : args.pardons.from_file) {
    FSIM_ASSIGN(core::WaiverUse waiver, checked(given));
    waivers.push_back(std::move(waiver));
  }
  std::optional<workflows::Baseline> baseline;
  if (args.pardons.update_baseline && args.pardons.baseline.empty())
    return fail(ErrorKind::usage, "--update-baseline needs --baseline FILE");
  if (!args.pardons.baseline.empty()) {
    FSIM_ASSIGN(baseline, open_baseline(args.pardons));
  }
  std::string today =
      base::iso_time(std::chrono::time_point_cast<std::chrono::milliseconds>(now)).substr(0, 10);
  return std::make_unique<workflows::Pardons>(
      std::move(waivers), std::move(baseline), std::move(today),
      [redact](std::string_view text) { return redact(text); });
}

base::Result<void> write_baseline(const workflows::Pardons& pardons) {
  const workflows::Baseline* baseline = pardons.to_write();
  if (baseline == nullptr) return {};
  return base::write_file_atomically(baseline->file, workflows::baseline_text(baseline->findings));
}

}  // namespace cli
