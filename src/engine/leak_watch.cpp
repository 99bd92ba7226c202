// SPDX-License-Identifier: Apache-2.0
#include "engine/leak_watch.hpp"

#include "protocol/leaks.hpp"

#include <algorithm>
#include <utility>

namespace engine {

using core::Leak;
using core::LeakPlace;

void LeakWatch::on_log(std::string_view line) {
  std::vector<Leak> leaks = protocol::leaks_in(line, LeakPlace::log, watched_);
  const std::lock_guard lock(mutex_);
  ++lines_;
  protocol::add_leaks(logged_, std::move(leaks));
}

std::vector<Leak> LeakWatch::take(const core::RawResponse& raw,
                                  const core::SyncResponse* response) {
  std::vector<Leak> leaks;
  if (response != nullptr) leaks = protocol::leaks_in(*response, watched_);
  for (const std::string& text : {raw.error_type, raw.error_message})
    protocol::add_leaks(leaks, protocol::leaks_in(text, LeakPlace::error, watched_));
  for (const std::string& line : raw.stack_trace)
    protocol::add_leaks(leaks, protocol::leaks_in(line, LeakPlace::error, watched_));
  const std::lock_guard lock(mutex_);
  // Where a connector hands its log over only with the answer, the tail is all there is.
  if (lines_ == 0)
    for (const std::string& line : raw.log_tail)
      protocol::add_leaks(logged_, protocol::leaks_in(line, LeakPlace::log, watched_));
  // What a failed call prints repeats its error: one cause, one finding.
  const auto told = [&](const Leak& logged) {
    return std::ranges::any_of(leaks, [&logged](const Leak& other) {
      return other.place == LeakPlace::error && other.what == logged.what;
    });
  };
  if (!raw.answered()) std::erase_if(logged_, told);
  protocol::add_leaks(leaks, std::exchange(logged_, {}));
  lines_ = 0;
  return leaks;
}

}  // namespace engine
