// SPDX-License-Identifier: Apache-2.0
#include "connectors/runtime_connector.hpp"

#include "base/random.hpp"
#include "connectors/http_answer.hpp"
#include "connectors/log_tail.hpp"
#include "connectors/platform_words.hpp"
#include "protocol/request.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace connectors {
namespace {

using base::Result;
using core::FailureKind;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;
using Event = RuntimeApi::Event;

Deadline deadline_after(Steady::time_point start, milliseconds limit) {
  if (limit.count() == 0) return std::nullopt;
  return start + limit;
}

std::chrono::microseconds since(Steady::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - start);
}

std::int64_t unix_ms(const Deadline& deadline) {
  // Without a limit a handler may still ask for the time that is left: Lambda's longest.
  const auto left =
      deadline ? *deadline - Steady::now() : Steady::duration(std::chrono::minutes(15));
  const auto at = std::chrono::system_clock::now() +
                  std::chrono::duration_cast<std::chrono::system_clock::duration>(left);
  return std::chrono::duration_cast<milliseconds>(at.time_since_epoch()).count();
}

std::string trace_id() {
  std::string root = base::uuid4(), parent = base::uuid4();
  std::erase(root, '-');
  std::erase(parent, '-');
  return fmt::format("Root=1-{}-{};Parent={};Sampled=0", root.substr(0, 8), root.substr(8),
                     parent.substr(0, 16));
}

void set_error(core::RawResponse& raw, FailureKind kind, ErrorDocument error) {
  raw.failure = kind;
  raw.error_type = std::move(error.type);
  raw.error_message = std::move(error.message);
  raw.stack_trace = std::move(error.stack_trace);
}

class RuntimeConnector final : public core::Connector {
 public:
  RuntimeConnector(RuntimeFunction function, const ConnectorOptions& options, core::LogSink log)
      : function_(std::move(function)),
        options_(options),
        limits_(protocol::limits(options.platform)),
        log_(std::move(log)) {}

  Result<core::RawResponse> invoke(const core::Call& call) override {
    core::RawResponse raw;
    raw.request_id = base::uuid4();
    if (call.body.size() > limits_.request_bytes) {
      set_request_too_large(raw, call.body.size(), limits_.request_bytes);
      return raw;
    }
    Window window{Steady::now(), deadline_after(Steady::now(), call.timeout)};
    FSIM_ASSIGN(const Event event, get_ready(call, window, raw));
    if (event == Event::ready)
      deliver(call, window, raw);
    else
      FSIM_TRY(not_ready(event, call, raw));
    if (options_.cold) retire();
    if (stopped_ && !raw.answered()) set_stopped(raw);
    log_.move_to(raw);
    return raw;
  }

  std::string describe() const override { return function_.name; }

  void stop() noexcept override {
    stopped_ = true;
    if (const auto process = current()) process->kill();
  }

 private:
  // The time that an invocation has.
  struct Window {
    Steady::time_point start;
    Deadline deadline;
  };

  std::shared_ptr<RuntimeProcess> current() const {
    const std::lock_guard lock(mutex_);
    return process_;
  }

  // Ends the process, if there is one; the next call starts another.
  void retire() {
    std::shared_ptr<RuntimeProcess> old;
    {
      const std::lock_guard lock(mutex_);
      old = std::exchange(process_, nullptr);
    }
    if (old) old->kill();
  }

  Result<void> launch() {
    FSIM_ASSIGN(std::shared_ptr<RuntimeProcess> fresh,
                RuntimeProcess::start(function_.program, limits_.response_bytes,
                                      [this](std::string_view line) { add_lines(line); }));
    const std::lock_guard lock(mutex_);
    process_ = std::move(fresh);
    if (stopped_) process_->kill();
    return {};
  }

  // awslambdaric writes the lines of one message with carriage returns between them, which keeps
  // them one event of CloudWatch.
  void add_lines(std::string_view text) {
    for (std::size_t end = text.find('\r'); end != std::string_view::npos; end = text.find('\r')) {
      log_.add(text.substr(0, end));
      text.remove_prefix(end + 1);
    }
    log_.add(text);
  }

  // Waits for the warm process, or starts one. Moves `window` to where the invocation begins.
  Result<Event> get_ready(const core::Call& call, Window& window, core::RawResponse& raw) {
    if (const auto warm = current()) {
      const Event event = warm->api().wait_ready(window.deadline);
      if (event != Event::ended) return event;
      retire();
    }
    FSIM_TRY(launch());
    Event event = current()->api().wait_ready(deadline_after(window.start, options_.init_timeout));
    raw.init_duration = since(window.start);
    window = {Steady::now(), deadline_after(Steady::now(), call.timeout)};
    if (event != Event::timed_out || stopped_) return event;
    retire();
    raw.init_duration.reset();
    log_.add(fmt::format("INIT_REPORT Init Duration: {} ms Phase: init Status: timeout",
                         options_.init_timeout.count()));
    FSIM_TRY(launch());
    return current()->api().wait_ready(window.deadline);
  }

  // The request did not reach the handler.
  Result<void> not_ready(Event event, const core::Call& call, core::RawResponse& raw) {
    const auto process = current();
    raw.may_have_run = false;
    if (event == Event::init_failed) {
      const RuntimeAnswer answer = process->api().take_answer().value_or(RuntimeAnswer{});
      ErrorDocument error = read_error_document(answer.body.view(), answer.error_type);
      process->settle();
      retire();
      auto explained =
          function_.explain_init_error ? function_.explain_init_error(error) : std::nullopt;
      if (explained) return tl::unexpected<base::Error>(std::move(*explained));
      set_error(raw, FailureKind::init_error, std::move(error));
      return {};
    }
    if (event == Event::ended)
      set_exited(raw, process->status().value_or(base::ExitStatus{}));
    else
      set_timed_out(raw, call.timeout);
    retire();
    return {};
  }

  void deliver(const core::Call& call, const Window& window, core::RawResponse& raw) {
    const auto process = current();
    RuntimeInvocation invocation;
    invocation.request_id = raw.request_id;
    invocation.body = call.body;
    invocation.deadline_ms = unix_ms(window.deadline);
    invocation.function_arn = function_.identity.arn();
    invocation.trace_id = trace_id();
    if (options_.freeze) process->thaw();
    process->api().give(std::move(invocation));
    const Event event = process->api().wait_answer(window.deadline);
    raw.duration = since(window.start);
    if (event == Event::answered) {
      take(*process, raw);
      return;
    }
    if (event == Event::ended)
      set_exited(raw, process->status().value_or(base::ExitStatus{}));
    else
      set_timed_out(raw, call.timeout);
    retire();
  }

  void take(RuntimeProcess& process, core::RawResponse& raw) {
    RuntimeAnswer answer = process.api().take_answer().value_or(RuntimeAnswer{});
    raw.content_type = std::move(answer.content_type);
    switch (answer.kind) {
      case RuntimeAnswer::Kind::response:
        raw.body = std::move(answer.body);
        if (answer.http_status) take_http_status(*answer.http_status, raw);
        break;
      case RuntimeAnswer::Kind::too_large:
        set_response_too_large(raw, answer.bytes, limits_.response_bytes);
        break;
      case RuntimeAnswer::Kind::error:
      case RuntimeAnswer::Kind::init_error:
        set_error(raw, FailureKind::function_error,
                  read_error_document(answer.body.view(), answer.error_type));
        break;
    }
    process.settle();
    raw.peak_memory_bytes = process.peak_memory_bytes();
    if (options_.freeze) process.freeze();
    if (const auto ended = process.status()) {
      if (ended->signal == 0) raw.exit_code = ended->code;
      raw.signal = ended->signal;
    }
  }

  RuntimeFunction function_;
  ConnectorOptions options_;
  core::Limits limits_;
  LogTail log_;
  std::atomic<bool> stopped_ = false;
  mutable std::mutex mutex_;  // guards process_, which stop() uses from another thread
  std::shared_ptr<RuntimeProcess> process_;
};

}  // namespace

std::unique_ptr<core::Connector> make_runtime_connector(RuntimeFunction function,
                                                        const ConnectorOptions& options,
                                                        core::LogSink log) {
  return std::make_unique<RuntimeConnector>(std::move(function), options, std::move(log));
}

}  // namespace connectors
