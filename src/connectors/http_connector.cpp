// SPDX-License-Identifier: Apache-2.0
#include "connectors/http_connector.hpp"

#include "base/http_client.hpp"
#include "connectors/bearer_token.hpp"
#include "connectors/http_answer.hpp"
#include "connectors/platform_words.hpp"
#include "protocol/request.hpp"

#include <chrono>
#include <utility>

#include <fmt/core.h>

namespace connectors {
namespace {

using base::HttpFailure;
using base::Result;

class HttpConnector final : public core::Connector {
 public:
  HttpConnector(const Target& target, const ConnectorOptions& options, base::Bell stop)
      : name_(target.text),
        url_(target.function),
        options_(options.http),
        limits_(protocol::limits(options.platform)),
        token_(options.http.auth_command),
        stop_(std::move(stop)) {}

  Result<core::RawResponse> invoke(const core::Call& call) override {
    base::HttpCall http;
    http.url = url_;
    http.body = call.body;
    http.timeout = call.timeout;
    http.max_body = limits_.response_bytes;
    http.ca_file = options_.ca_file;
    http.stop = &stop_;
    FSIM_ASSIGN(http.headers, headers());
    core::RawResponse raw;
    const auto start = std::chrono::steady_clock::now();
    FSIM_ASSIGN(base::HttpAnswer answer, client_.send(http));
    raw.duration = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);
    raw.may_have_run = answer.may_have_run;
    if (answer.body_too_large) {
      set_response_too_large(raw, answer.body.size(), limits_.response_bytes);
    } else if (answer.failure != HttpFailure::none) {
      FSIM_TRY(take_failure(answer, call, raw));
    } else {
      answered_ = true;
      if (is_lambda_address(url_))
        take_emulator_answer(std::move(answer), raw);
      else
        take_function_answer(std::move(answer), raw);
    }
    return raw;
  }

  std::string describe() const override { return name_; }
  void stop() noexcept override { stop_.ring(); }

 private:
  Result<base::HttpHeaders> headers() {
    base::HttpHeaders headers{{"Content-Type", "application/json"},
                              {"Accept", "application/json"},
                              {"User-Agent", options_.user_agent}};
    std::string token = options_.bearer_token;
    if (!options_.auth_command.empty()) {
      FSIM_ASSIGN(token, token_.get());
    }
    if (!token.empty()) headers.emplace_back("Authorization", "Bearer " + token);
    if (!options_.function_key.empty())
      headers.emplace_back("x-functions-key", options_.function_key);
    for (const auto& header : options_.headers) headers.push_back(header);
    return headers;
  }

  // A server that was never reached is the user's to start; one that goes away is the connector's
  // fault.
  Result<void> take_failure(const base::HttpAnswer& answer, const core::Call& call,
                            core::RawResponse& raw) const {
    const bool unreached =
        answer.failure == HttpFailure::could_not_connect || answer.failure == HttpFailure::tls;
    if (unreached && !answered_)
      return base::fail(base::ErrorKind::environment,
                        fmt::format("cannot call {}: {}", name_, answer.failure_text));
    if (answer.failure == HttpFailure::stopped) {
      set_stopped(raw);
    } else if (answer.failure == HttpFailure::timed_out) {
      set_timed_out(raw, call.timeout);
      raw.error_type.clear();
      raw.error_message = answer.failure_text;
    } else {
      raw.failure = core::FailureKind::unreachable;
      raw.error_message = answer.failure_text;
    }
    return {};
  }

  std::string name_, url_;
  HttpOptions options_;
  core::Limits limits_;
  CommandToken token_;
  base::HttpClient client_;
  base::Bell stop_;
  bool answered_ = false;
};

}  // namespace

Result<std::unique_ptr<core::Connector>> make_http_connector(const Target& target,
                                                             const ConnectorOptions& options) {
  FSIM_ASSIGN(base::Bell stop, base::Bell::make());
  return std::make_unique<HttpConnector>(target, options, std::move(stop));
}

}  // namespace connectors
