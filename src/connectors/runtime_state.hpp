// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_server.hpp"
#include "base/padded_buffer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace connectors {

// An invocation on its way to a runtime.
struct RuntimeInvocation {
  std::string request_id;
  std::string body;
  std::int64_t deadline_ms = 0;  // Unix time
  std::string function_arn;
  std::string trace_id;
};

// What a runtime made of an invocation, or of loading.
struct RuntimeAnswer {
  enum class Kind { response, error, init_error, too_large };
  Kind kind = Kind::response;
  base::PaddedBuffer body;  // too_large: what was kept
  std::uint64_t bytes = 0;  // as sent
  std::string content_type;
  std::string error_type;  // from a header or trailer; may be empty
  // From a header of our own clients: the handler is one of another cloud and answers over HTTP.
  std::optional<int> http_status;
};

// The Lambda Runtime API, version 2018-06-01, as a state machine without threads or sockets
// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html; what the page leaves open
// follows AWS's Runtime Interface Emulator). For one run of one runtime:
//
//   started ──next──▶ ready ──give──▶ running ──response|error──▶ answered ──next──▶ ready …
//      └──init/error──▶ init_failed
class RuntimeState {
 public:
  enum class Phase { started, init_failed, ready, running, answered };

  explicit RuntimeState(std::uint64_t max_response) : max_response_(max_response) {}

  // What to answer to a request; none: it is a `next` that waits for an invocation. A `next` while
  // an invocation runs gets that invocation again.
  std::optional<base::HttpReply> on_request(base::HttpRequest& request);
  // The waiting `next` went away.
  void on_gone();
  // Gives the runtime an invocation, when it is ready, and returns the answer to its `next`.
  base::HttpReply give(RuntimeInvocation invocation);

  Phase phase() const noexcept { return phase_; }
  // What came last of response, error and init/error; once.
  bool has_answer() const noexcept { return answer_.has_value(); }
  std::optional<RuntimeAnswer> take_answer();

 private:
  base::HttpReply invocation_reply() const;
  std::optional<base::HttpReply> on_next();
  base::HttpReply on_init_error(base::HttpRequest& request);
  base::HttpReply on_answer(base::HttpRequest& request, std::string_view id, bool error);
  base::HttpReply forbidden(std::string_view to) const;

  std::uint64_t max_response_;
  Phase phase_ = Phase::started;
  bool served_ = false;  // a first `next` has come
  RuntimeInvocation invocation_;
  std::optional<RuntimeAnswer> answer_;
};

}  // namespace connectors
