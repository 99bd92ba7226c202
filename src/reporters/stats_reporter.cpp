// SPDX-License-Identifier: Apache-2.0
#include "reporters/stats_reporter.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <ostream>
#include <string>

#include <fmt/format.h>

namespace reporters {
namespace {

using Time = core::TimeSpent::Time;

std::string shown(Time time) {
  return base::human_duration(std::chrono::duration_cast<std::chrono::microseconds>(time));
}

// "connector 1.2s (60%)"
std::string entry(std::string_view name, Time time, Time whole) {
  const double percent = 100.0 * static_cast<double>(time.count()) /
                         static_cast<double>(std::max<Time::rep>(whole.count(), 1));
  return fmt::format("{} {} ({:.0f}%)", name, shown(time), percent);
}

std::string line(int sync, const core::TimeSpent& own) {
  const Time whole = own.total();
  std::string text = fmt::format("time of sync {}: {} = ", sync, shown(whole));
  const auto add = [&](std::string_view name, Time time) {
    text += entry(name, time, whole);
    text += name == "other" ? "" : " + ";
  };
  add("connector", own.connector);
  add("parse", own.parse);
  add("check", own.check);
  add("load", own.load);
  add("commit", own.commit);
  add("waiting", own.waiting);
  add("other", own.other);
  return text;
}

}  // namespace

void StatsReporter::on_event(const core::Event& event) {
  const auto* finished = std::get_if<core::RunFinished>(&event);
  if (finished == nullptr || finished->report == nullptr) return;
  for (const core::SyncReport& sync : finished->report->syncs) {
    if (!sync.times) continue;
    err_ << line(sync.sync, sync.times->own) << '\n';
    const core::TimeSpent& behind = sync.times->behind;
    if (behind.total().count() > 0)
      err_ << fmt::format("  behind the calls, on a second thread: load {}, commit {}\n",
                          shown(behind.load), shown(behind.commit));
  }
  err_ << std::flush;
}

}  // namespace reporters
