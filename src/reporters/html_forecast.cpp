// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "reporters/forecast_text.hpp"
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

namespace reporters {
namespace {

using core::Forecast;
using core::Interval;
using Write = std::function<std::string(double)>;

std::string left_row(std::string_view name, const std::optional<Interval>& left,
                     const Write& write) {
  if (!left) return "";
  const std::string high = left->high ? write(*left->high) : "no upper end";
  return fmt::format(
      "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\"><b>{}</b></td>"
      "<td class=\"number\">{}</td></tr>\n",
      name, write(left->low), write(left->likely), high);
}

std::string left_table(const Forecast& f) {
  if (!f.calls_left) return "";
  return html_scroll("what is left") +
         "<table class=\"forecast\"><thead><tr><th scope=\"col\">left</th><th scope=\"col\" "
         "class=\"number\">at least</th><th scope=\"col\" class=\"number\">likely</th><th "
         "scope=\"col\" class=\"number\">at most</th></tr></thead><tbody>\n" +
         left_row("calls", f.calls_left, forecast_count) +
         left_row("time", f.seconds_left, forecast_duration) +
         left_row("syncs of six hours", f.syncs_left, forecast_count) + "</tbody></table></div>\n";
}

// How near a limit something comes.
std::string meter(std::string_view name, double value, double limit, const std::string& told) {
  if (limit <= 0) return "";
  return fmt::format(
      "<p class=\"meter\"><label>{}: {}<meter min=\"0\" max=\"1\" high=\"0.95\" "
      "value=\"{:.4f}\"></meter></label></p>\n",
      name, told, std::min(value / limit, 1.0));
}

std::string meters(const Forecast& f) {
  return meter("largest response", static_cast<double>(f.largest_response),
               static_cast<double>(f.response_limit),
               fmt::format("{} of {}", base::human_bytes(f.largest_response),
                           base::human_bytes(f.response_limit))) +
         meter("slowest call", f.slowest_seconds, f.limit_seconds,
               fmt::format("{} of {}", forecast_duration(f.slowest_seconds),
                           forecast_duration(f.limit_seconds)));
}

}  // namespace

std::string html_forecast(const core::Report& report) {
  if (!report.forecast) return "";
  std::string out =
      "<section id=\"forecast\" aria-labelledby=\"forecast-title\"><h2 "
      "id=\"forecast-title\">Forecast</h2>\n<div class=\"card\">\n" +
      left_table(*report.forecast) + meters(*report.forecast) + "<ul>\n";
  for (const std::string& line : forecast_lines(*report.forecast))
    out += "<li>" + html_sentence(line) + "</li>\n";
  return out + "</ul>\n</div></section>\n";
}

}  // namespace reporters
