// SPDX-License-Identifier: Apache-2.0
#include "workflows/faulty_connector.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace workflows {
namespace {

using base::Result;
using core::FailureKind;
using core::RawResponse;

// The answer came to nobody; whoever waits sees this.
RawResponse dropped(FailureKind kind, std::string type, std::string message,
                    const RawResponse& of) {
  RawResponse nothing;
  nothing.failure = kind;
  nothing.error_type = std::move(type);
  nothing.error_message = std::move(message);
  nothing.duration = of.duration;
  nothing.request_id = of.request_id;
  return nothing;
}

// A control character is no JSON, neither inside a string nor outside.
void garble(RawResponse& raw, double share) {
  const std::size_t from = static_cast<std::size_t>(share * static_cast<double>(raw.body.size()));
  const std::size_t to = std::min(raw.body.size(), from + 16);
  for (std::size_t i = from; i < to; ++i) raw.body.data()[i] = '\x02';
  if (from == to) raw.body.append("\x02");
}

void truncate(RawResponse& raw, double share) {
  const std::size_t size = static_cast<std::size_t>(share * static_cast<double>(raw.body.size()));
  raw.body = base::PaddedBuffer(std::string(raw.body.view().substr(0, size)));
}

}  // namespace

std::string FaultyConnector::describe() const {
  const std::lock_guard lock(mutex_);
  return inner_ ? inner_->describe() : "";
}

void FaultyConnector::stop() noexcept {
  std::shared_ptr<core::Connector> running;
  {
    const std::lock_guard lock(mutex_);
    running = inner_;
  }
  if (running) running->stop();
}

Result<RawResponse> FaultyConnector::pass_on(const core::Call& call) {
  std::shared_ptr<core::Connector> connector = inner_;
  if (!connector) {
    FSIM_ASSIGN(connector, make_());
    const std::lock_guard lock(mutex_);
    inner_ = connector;
  }
  if (plan_.calls_made != nullptr) ++*plan_.calls_made;
  return connector->invoke(call);
}

// Where the platform has a limit on a call's time, each connector ends what runs beyond it: so a
// limit of a share of the usual time is a cut in the middle of the call.
Result<RawResponse> FaultyConnector::killed(const core::Call& call) {
  core::Call cut = call;
  const double usual = static_cast<double>(plan_.usual.count()) / 1000.0;
  cut.timeout = std::chrono::milliseconds(
      std::max<std::int64_t>(1, static_cast<std::int64_t>(usual * plan_.share)));
  FSIM_ASSIGN(const RawResponse raw, pass_on(cut));
  return dropped(FailureKind::timed_out, "Sandbox.Timedout",
                 fmt::format("chaos: the call was cut after {} ms", cut.timeout.count()), raw);
}

Result<RawResponse> FaultyConnector::disturbed(const core::Call& call) {
  if (plan_.kind == FaultKind::killed) return killed(call);
  if (plan_.kind == FaultKind::twice) {
    FSIM_ASSIGN(const RawResponse first, pass_on(call));
    if (!first.answered()) return pass_on(call);
    return pass_on(call);
  }
  FSIM_ASSIGN(RawResponse raw, pass_on(call));
  if (!raw.answered()) return raw;
  switch (plan_.kind) {
    case FaultKind::garbled: garble(raw, plan_.share); break;
    case FaultKind::truncated: truncate(raw, plan_.share); break;
    case FaultKind::oversized: {
      RawResponse refused =
          dropped(FailureKind::response_too_large, "Function.ResponseSizeTooLarge",
                  "chaos: the platform refused the answer as too large", raw);
      refused.refused_bytes = plan_.response_limit + 1;
      return refused;
    }
    default:
      return dropped(FailureKind::unreachable, "ConnectionLost",
                     "chaos: the function ran and its response was thrown away", raw);
  }
  return raw;
}

Result<RawResponse> FaultyConnector::invoke(const core::Call& call) {
  const int number = ++seen_;
  const bool in_call = number == plan_.page, next_call = number == plan_.page + 1;
  switch (plan_.kind) {
    case FaultKind::lost:
    case FaultKind::twice:
    case FaultKind::killed:
    case FaultKind::garbled:
    case FaultKind::truncated:
    case FaultKind::oversized: return in_call ? disturbed(call) : pass_on(call);
    case FaultKind::cold:
      if (next_call) {
        const std::lock_guard lock(mutex_);
        inner_.reset();
      }
      return pass_on(call);
    case FaultKind::reordered:
    case FaultKind::respelled: {
      if (!next_call) return pass_on(call);
      const std::string body = plan_.kind == FaultKind::reordered ? with_reordered_state(call.body)
                                                                  : with_respelled_state(call.body);
      core::Call rewritten = call;
      rewritten.body = body;
      return pass_on(rewritten);
    }
    default: return pass_on(call);
  }
}

}  // namespace workflows
