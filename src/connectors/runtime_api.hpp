// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_server.hpp"
#include "base/result.hpp"
#include "connectors/runtime_state.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace connectors {

// When a wait gives up; none: never.
using Deadline = std::optional<std::chrono::steady_clock::time_point>;

// Serves the Lambda Runtime API on loopback to one run of one runtime. Each run gets a server of
// its own, so that nothing a killed predecessor had sent can be taken for the next one's.
class RuntimeApi {
 public:
  enum class Event {
    ready,        // it asks for the next invocation
    answered,     // it has posted a response or an error
    init_failed,  // it has posted that it could not load
    ended,        // the program is gone
    timed_out,
  };

  // Error (environment): no port, no thread.
  static base::Result<std::unique_ptr<RuntimeApi>> start(std::uint64_t max_response);

  // "127.0.0.1:PORT", the value of AWS_LAMBDA_RUNTIME_API. AWS's Node client splits it at the
  // colon, so it is an IPv4 address.
  std::string address() const;
  // Waits for ready, init_failed or ended.
  Event wait_ready(const Deadline& deadline);
  // Hands over an invocation after `ready`.
  void give(RuntimeInvocation invocation);
  // Waits for answered or ended.
  Event wait_answer(const Deadline& deadline);
  // What was posted last.
  std::optional<RuntimeAnswer> take_answer();
  // Tells that the program has ended; from any thread.
  void end() noexcept;

 private:
  explicit RuntimeApi(std::uint64_t max_response) : state_(max_response) {}
  void on_request(base::HttpTicket ticket, base::HttpRequest request);
  void on_gone(base::HttpTicket ticket);
  Event wait(const Deadline& deadline, Event wanted);
  std::optional<Event> event_now(Event wanted) const;

  std::mutex mutex_;
  std::condition_variable changed_;
  RuntimeState state_;
  std::optional<base::HttpTicket> next_;  // the waiting request for an invocation
  bool ended_ = false;
  std::unique_ptr<base::HttpServer> server_;  // last: its thread uses all of the above
};

}  // namespace connectors
