// SPDX-License-Identifier: Apache-2.0
#include "reporters/stderr_reporter.hpp"

#include "base/text.hpp"

#include <ostream>

#include <fmt/format.h>

namespace reporters {

using std::chrono::steady_clock;

StderrReporter::StderrReporter(std::ostream& err, StderrOptions options)
    : err_(err), options_(options) {
  if (options_.progress) ticker_ = std::thread([this] { tick(); });
}

StderrReporter::~StderrReporter() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
    clear();
  }
  changed_.notify_all();
  if (ticker_.joinable()) ticker_.join();
}

void StderrReporter::clear() {
  if (!line_shown_) return;
  err_ << "\r\x1B[K" << std::flush;
  line_shown_ = false;
}

void StderrReporter::tick() {
  using namespace std::chrono_literals;
  std::unique_lock lock(mutex_);
  while (!ends_) {
    changed_.wait_for(lock, 250ms);
    const auto elapsed = steady_clock::now() - since_;
    if (ends_ || call_ == 0 || elapsed < 1s) continue;
    err_ << fmt::format("\r\x1B[K  call {} runs, {}s …", call_,
                        std::chrono::duration_cast<std::chrono::seconds>(elapsed).count())
         << std::flush;
    line_shown_ = true;
  }
}

void StderrReporter::on_event(const core::Event& event) {
  const std::lock_guard lock(mutex_);
  clear();
  if (const auto* log = std::get_if<core::LogLine>(&event)) {
    if (!options_.logs) return;
    err_ << options_.style.dim("connector| ") << base::visible(log->text) << '\n';
  } else if (const auto* notice = std::get_if<core::Notice>(&event)) {
    err_ << "fivetran-sim: " << base::visible(notice->text) << '\n';
  } else if (const auto* call = std::get_if<core::CallStarted>(&event)) {
    call_ = call->call;
    since_ = steady_clock::now();
  } else {
    call_ = 0;
  }
  err_ << std::flush;
}

}  // namespace reporters
