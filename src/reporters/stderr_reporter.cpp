// SPDX-License-Identifier: Apache-2.0
#include "reporters/stderr_reporter.hpp"

#include "base/status_line.hpp"
#include "base/text.hpp"

#include <ostream>

#include <fmt/format.h>

namespace reporters {

using std::chrono::steady_clock;

StderrReporter::StderrReporter(std::ostream& err, StderrOptions options)
    : err_(err),
      options_(options),
      line_([&err](std::string_view bytes) { err << bytes << std::flush; }, options.style.width,
            options.progress, [this](auto now) { return line(now); }) {}

std::string StderrReporter::progress(steady_clock::time_point now) const {
  using std::chrono::duration_cast;
  const double seconds = std::chrono::duration<double>(now - sync_since_).count();
  const auto whole = [now](steady_clock::time_point since) {
    return base::lasted(duration_cast<std::chrono::seconds>(now - since));
  };
  const auto counted = [](std::uint64_t number, std::string_view what) {
    return fmt::format("{} {}{}", base::human_count(number), what, number == 1 ? "" : "s");
  };
  if (judges_documents_ && calls_ == 0) return "check: " + whole(sync_since_);
  std::string text;
  if (calls_ > 0)
    text = fmt::format(
        "{}: {}, {}, {} rows/s, {}", judges_documents_ ? "check" : fmt::format("sync {}", sync_),
        counted(calls_, judges_documents_ ? "response" : "call"), counted(rows_, "row"),
        base::human_count(static_cast<std::uint64_t>(static_cast<double>(rows_) / seconds)),
        whole(sync_since_));
  if (call_ > 0 && now - call_since_ >= std::chrono::seconds(1))
    text += fmt::format("{}call {} runs, {}", text.empty() ? "" : "; ", call_, whole(call_since_));
  return text;
}

// Right after an event others write; a sync of many short calls is shown between two of them.
std::string StderrReporter::line(steady_clock::time_point now) const {
  using namespace std::chrono_literals;
  if (now - sync_since_ < 1s || now - quiet_since_ < 20ms) return {};
  if (sync_ == 0 && call_ == 0 && !judges_documents_) return {};
  const std::string text = progress(now);
  return text.empty() ? text : "  " + text + " …";
}

// Keeps the figures of the bottom line.
void StderrReporter::note(const core::Event& event) {
  const auto now = steady_clock::now();
  quiet_since_ = now;
  if (const auto* run = std::get_if<core::RunStarted>(&event)) {
    judges_documents_ = run->command == "check";
    sync_since_ = now;
  } else if (const auto* sync = std::get_if<core::SyncStarted>(&event)) {
    sync_ = sync->sync;
    calls_ = rows_ = 0;
    sync_since_ = now;
  } else if (const auto* started = std::get_if<core::CallStarted>(&event)) {
    if (sync_ == 0) sync_since_ = now;  // a setup test
    call_ = started->call;
    call_since_ = now;
  } else if (const auto* finished = std::get_if<core::CallFinished>(&event)) {
    call_ = 0;
    ++calls_;
    for (const core::TableCount& table : finished->call.rows)
      rows_ += table.inserted + table.deleted;
  } else if (std::holds_alternative<core::SyncFinished>(event) ||
             std::holds_alternative<core::RunFinished>(event)) {
    sync_ = call_ = 0;
    judges_documents_ = false;
  }
}

void StderrReporter::on_event(const core::Event& event) {
  const auto paused = line_.pause();
  note(event);
  if (const auto* log = std::get_if<core::LogLine>(&event)) {
    if (!options_.logs) return;
    err_ << options_.style.dim("connector| ") << base::visible(log->text) << '\n';
  } else if (const auto* notice = std::get_if<core::Notice>(&event)) {
    err_ << "fivetran-sim: " << base::visible(notice->text) << '\n';
  }
  err_ << std::flush;
}

}  // namespace reporters
