// SPDX-License-Identifier: Apache-2.0
#include "core/finding.hpp"
#include "core/raw_response.hpp"
#include "core/report.hpp"
#include "core/rule.hpp"

namespace core {

bool counts(const Finding& finding, Severity fail_on) {
  return finding.pardon == Pardon::none && fail_on != Severity::off && finding.severity >= fail_on;
}

std::string_view name(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::passed: return "passed";
    case CheckOutcome::failed: return "failed";
    case CheckOutcome::skipped: return "skipped";
  }
  return "";
}

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::off: return "off";
    case Severity::info: return "info";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "";
}

std::string_view name(Certainty certainty) {
  switch (certainty) {
    case Certainty::documented: return "documented";
    case Certainty::observed: return "observed";
    case Certainty::inferred: return "inferred";
  }
  return "";
}

std::string_view name(Pardon pardon) {
  switch (pardon) {
    case Pardon::none: return "none";
    case Pardon::waived: return "waiver";
    case Pardon::known: return "baseline";
  }
  return "";
}

std::string_view name(WaiverFate fate) {
  switch (fate) {
    case WaiverFate::used: return "used";
    case WaiverFate::stale: return "stale";
    case WaiverFate::expired: return "expired";
  }
  return "";
}

std::string_view name(Platform platform) {
  switch (platform) {
    case Platform::aws: return "aws";
    case Platform::gcp: return "gcp";
    case Platform::azure: return "azure";
  }
  return "";
}

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::succeeded: return "succeeded";
    case Outcome::failed: return "failed";
    case Outcome::stopped: return "stopped";
  }
  return "";
}

std::string_view name(LeakPlace place) {
  switch (place) {
    case LeakPlace::insert: return "insert";
    case LeakPlace::del: return "delete";
    case LeakPlace::state: return "state";
    case LeakPlace::error: return "errorMessage";
    case LeakPlace::other: return "the answer";
    case LeakPlace::log: return "the log";
  }
  return "";
}

std::string_view name(FailureKind kind) {
  switch (kind) {
    case FailureKind::none: return "none";
    case FailureKind::function_error: return "function_error";
    case FailureKind::init_error: return "init_error";
    case FailureKind::exited: return "exited";
    case FailureKind::timed_out: return "timed_out";
    case FailureKind::out_of_memory: return "out_of_memory";
    case FailureKind::response_too_large: return "response_too_large";
    case FailureKind::request_too_large: return "request_too_large";
    case FailureKind::http_status: return "http_status";
    case FailureKind::throttled: return "throttled";
    case FailureKind::unauthorized: return "unauthorized";
    case FailureKind::not_found: return "not_found";
    case FailureKind::unreachable: return "unreachable";
  }
  return "";
}

}  // namespace core
