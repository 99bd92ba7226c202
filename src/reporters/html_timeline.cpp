// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include <fmt/format.h>

namespace reporters {
namespace {

constexpr std::size_t kBars = 200;        // at most; of more calls several share a bar
constexpr std::size_t kLeastPlaces = 24;  // so that a bar of a short sync is not a wall
constexpr double kWidth = 1000, kHeight = 100;

using Measure = std::function<double(const core::CallReport&)>;
using Say = std::function<std::string(double)>;

struct Bar {
  int first = 0, last = 0;  // calls
  double most = 0;          // of one call
  bool bad = false;         // a call failed or was rejected
};

std::vector<Bar> bars_of(const std::vector<core::CallReport>& calls, const Measure& measure) {
  const std::size_t each = (calls.size() + kBars - 1) / kBars;
  std::vector<Bar> bars;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (i % each == 0) bars.push_back({calls[i].call, calls[i].call, 0, false});
    Bar& bar = bars.back();
    bar.last = calls[i].call;
    bar.most = std::max(bar.most, measure(calls[i]));
    bar.bad = bar.bad || !calls[i].accepted;
  }
  return bars;
}

std::string calls_text(const Bar& bar) {
  return bar.first == bar.last ? fmt::format("call {}", bar.first)
                               : fmt::format("calls {} to {}, at most", bar.first, bar.last);
}

std::string bar_rect(const Bar& bar, std::size_t position, double step, double top,
                     const Say& say) {
  const double height = bar.most <= 0 ? 0 : std::max(1.5, bar.most / top * kHeight);
  return fmt::format(
      "<rect{} x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"><title>{} {}{}</title>"
      "</rect>\n",
      bar.bad ? " class=\"bad\"" : "", static_cast<double>(position) * step, kHeight - height,
      step * 0.86, height, calls_text(bar), say(bar.most), bar.bad ? ", not loaded" : "");
}

struct Strip {
  std::string_view title;
  Measure measure;
  Say say;
  double limit = 0;  // 0: none
};

std::string strip(const core::SyncReport& sync, const Strip& it) {
  const std::vector<Bar> bars = bars_of(sync.calls, it.measure);
  const auto highest = std::ranges::max_element(bars, {}, &Bar::most);
  const double most = highest->most;
  if (most <= 0) return "";
  // A limit far above all bars would make them vanish: it is then only said.
  const bool draws_limit = it.limit > 0 && most >= it.limit / 5;
  const double top = std::max(most, draws_limit ? it.limit : 0) * 1.06;
  const double step = kWidth / static_cast<double>(std::max(bars.size(), kLeastPlaces));
  std::string caption =
      fmt::format("{}: at most {} ({})", it.title, it.say(most),
                  highest->first == highest->last
                      ? fmt::format("call {}", highest->first)
                      : fmt::format("within calls {} to {}", highest->first, highest->last));
  if (it.limit > 0)
    caption += fmt::format(
        ", {} of the limit of {}{}",
        most < it.limit / 100 ? "under 1 %" : fmt::format("{:.0f} %", most / it.limit * 100),
        it.say(it.limit), draws_limit ? " (the dashed line)" : "");
  std::string out = fmt::format(
      "<figure><figcaption>{}</figcaption><svg viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" "
      "role=\"img\" aria-label=\"{}\">\n",
      caption, kWidth, kHeight, caption);
  for (std::size_t i = 0; i < bars.size(); ++i) out += bar_rect(bars[i], i, step, top, it.say);
  if (draws_limit)
    out += fmt::format("<line x1=\"0\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>", kWidth,
                       kHeight - it.limit / top * kHeight, kHeight - it.limit / top * kHeight);
  return out + "</svg></figure>\n";
}

double rows_of(const core::CallReport& call) {
  std::uint64_t rows = 0;
  for (const core::TableCount& count : call.rows) rows += count.inserted + count.deleted;
  return static_cast<double>(rows);
}

}  // namespace

std::string html_timeline(const core::SyncReport& sync, std::uint64_t limit) {
  if (sync.calls.empty()) return "";
  const Strip strips[] = {
      {"Time of a call",
       [](const core::CallReport& call) { return static_cast<double>(call.duration.count()); },
       [](double us) {
         return html_time(std::chrono::microseconds(static_cast<std::int64_t>(us)));
       }},
      {"Rows of a call", rows_of,
       [](double rows) { return html_counted(static_cast<std::uint64_t>(rows), "row"); }},
      {"Size of a response",
       [](const core::CallReport& call) { return static_cast<double>(call.response_bytes); },
       [](double bytes) { return base::human_bytes(static_cast<std::uint64_t>(bytes)); },
       static_cast<double>(limit)},
  };
  std::string out;
  for (const Strip& one : strips) out += strip(sync, one);
  return out;
}

}  // namespace reporters
