// SPDX-License-Identifier: Apache-2.0
#include "connectors/lambda_connector.hpp"

#include "connectors/lambda_invoker.hpp"
#include "connectors/platform_words.hpp"

#include <poll.h>

#include <atomic>
#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace connectors {
namespace {

using base::Result;

constexpr int kAttempts = 5;
constexpr std::chrono::seconds kFirstPause{1};

class LambdaConnector final : public core::Connector {
 public:
  LambdaConnector(std::string name, LambdaTarget target, std::unique_ptr<LambdaInvoker> invoker,
                  base::Bell stop, core::LogSink log)
      : name_(std::move(name)),
        target_(std::move(target)),
        invoker_(std::move(invoker)),
        stop_(std::move(stop)),
        log_(std::move(log)) {}

  Result<core::RawResponse> invoke(const core::Call& call) override {
    auto pause = kFirstPause;
    for (int attempt = 1;; ++attempt, pause *= 2) {
      core::RawResponse raw;
      FSIM_ASSIGN(const std::optional<AwsFailure> failure,
                  invoker_->invoke(call, raw, log_, stop_));
      const bool again = failure && is_throttled(*failure) && attempt < kAttempts;
      if (again && wait(*failure, pause)) continue;
      if (stopped_)
        set_stopped(raw);
      else if (failure)
        FSIM_TRY(refuse(*failure, call, raw));
      log_.move_to(raw);
      return raw;
    }
  }

  std::string describe() const override { return name_; }

  void stop() noexcept override {
    stopped_ = true;
    stop_.ring();
  }

 private:
  Result<void> refuse(const AwsFailure& failure, const core::Call& call,
                      core::RawResponse& raw) const {
    FSIM_TRY(take_failure(failure, target_.doing, target_.aws, raw));
    if (raw.failure == core::FailureKind::request_too_large) raw.refused_bytes = call.body.size();
    return {};
  }

  // False when the pause was broken off.
  bool wait(const AwsFailure& failure, std::chrono::seconds pause) {
    log_.add(fmt::format("AWS refused the call ({}): trying again in {} s", failure.code,
                         pause.count()));
    pollfd bell{stop_.fd(), POLLIN, 0};
    poll(&bell, 1, static_cast<int>(std::chrono::milliseconds(pause).count()));
    return !stopped_;
  }

  std::string name_;
  LambdaTarget target_;
  std::unique_ptr<LambdaInvoker> invoker_;
  base::Bell stop_;
  LogTail log_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace

Result<std::unique_ptr<core::Connector>> make_lambda_connector(const Target& target,
                                                               const ConnectorOptions& options,
                                                               core::LogSink log) {
  FSIM_ASSIGN(LambdaName name, parse_lambda_name(target.function));
  const LambdaTarget lambda{std::move(name), "cannot call " + target.text, options.aws};
  auto made = options.aws.client == LambdaClient::direct ? make_direct_invoker(lambda)
                                                         : make_cli_invoker(lambda);
  FSIM_ASSIGN(std::unique_ptr<LambdaInvoker> invoker, std::move(made));
  FSIM_ASSIGN(base::Bell stop, base::Bell::make());
  return std::make_unique<LambdaConnector>(target.text, lambda, std::move(invoker), std::move(stop),
                                           std::move(log));
}

}  // namespace connectors
