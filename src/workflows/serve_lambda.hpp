// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_server.hpp"
#include "base/result.hpp"
#include "core/connector.hpp"
#include "core/rule.hpp"
#include "workflows/lambda_exchange.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

namespace workflows {

struct LambdaServing {
  std::uint16_t port = 0;                // 0: any free one
  std::chrono::milliseconds timeout{0};  // for one invocation
  core::Limits limits;
  int memory_mb = 512;                             // what REPORT lines say
  std::function<void(std::string_view)> log_line;  // START, END and REPORT
};

// Offers a connector as a Lambda invoke endpoint on 127.0.0.1, for the AWS CLI and SDKs: any
// function name is answered by it. Invocations are taken one after the other, in the order they
// came.
class LambdaEndpoint {
 public:
  // Error (environment): the port is taken.
  static base::Result<std::unique_ptr<LambdaEndpoint>> start(core::Connector& connector,
                                                             LambdaServing serving);

  std::uint16_t port() const noexcept { return server_->port(); }
  // Answers until `ended` says so; it is asked several times a second, the running invocation is
  // finished first.
  void run(const std::function<bool()>& ended);

 private:
  LambdaEndpoint(core::Connector& connector, LambdaServing serving)
      : connector_(connector), serving_(std::move(serving)) {}
  void on_request(base::HttpTicket ticket, const base::HttpRequest& request);
  void answer_next();

  struct Waiting {
    base::HttpTicket ticket = 0;
    LambdaRequest request;
  };
  core::Connector& connector_;
  LambdaServing serving_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<Waiting> queue_;
  std::unique_ptr<base::HttpServer> server_;  // last: its thread uses all of the above
};

}  // namespace workflows
