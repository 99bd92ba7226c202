// SPDX-License-Identifier: Apache-2.0
#include "reporters/formats.hpp"

#include "reporters/github_report.hpp"
#include "reporters/gitlab_report.hpp"
#include "reporters/html_report.hpp"
#include "reporters/json_report.hpp"
#include "reporters/junit_report.hpp"
#include "reporters/markdown_report.hpp"
#include "reporters/sarif_report.hpp"
#include "reporters/tap_report.hpp"

#include <algorithm>

namespace reporters {
namespace {

template <std::string (*make)(const core::Report&)>
std::string without_context(const core::Report& report, const FormatContext&) {
  return make(report);
}

std::string html(const core::Report& report, const FormatContext& context) {
  return html_report(report, context.version);
}

constexpr Format kFormats[] = {
    {"json", without_context<json_report>},
    {"junit", without_context<junit_report>},
    {"sarif", sarif_report},
    {"github", without_context<github_report>},
    {"gitlab", without_context<gitlab_report>},
    {"tap", without_context<tap_report>},
    {"markdown", without_context<markdown_report>},
    {"html", html},
};

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

const Format* find_format(std::string_view name) {
  const auto* const found = std::ranges::find(kFormats, name, &Format::name);
  return found == std::end(kFormats) ? nullptr : found;
}

}  // namespace reporters
