// SPDX-License-Identifier: Apache-2.0
#include "reporters/stderr_reporter.hpp"

#include "base/text.hpp"

#include <ostream>

#include <fmt/format.h>

namespace reporters {

void StderrReporter::clear() {
  if (!line_shown_) return;
  err_ << "\r\x1B[K";
  line_shown_ = false;
}

void StderrReporter::on_event(const core::Event& event) {
  if (const auto* log = std::get_if<core::LogLine>(&event)) {
    if (!options_.logs) return;
    clear();
    err_ << options_.style.dim("connector| ") << base::visible(log->text) << '\n';
  } else if (const auto* notice = std::get_if<core::Notice>(&event)) {
    clear();
    err_ << "fivetran-sim: " << base::visible(notice->text) << '\n';
  } else if (const auto* call = std::get_if<core::CallStarted>(&event)) {
    if (!options_.progress) return;
    err_ << fmt::format("\r\x1B[K  call {} runs …", call->call);
    line_shown_ = true;
  } else {
    clear();
  }
  err_ << std::flush;
}

}  // namespace reporters
