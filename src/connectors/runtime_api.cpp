// SPDX-License-Identifier: Apache-2.0
#include "connectors/runtime_api.hpp"

#include <utility>

#include <fmt/core.h>

namespace connectors {
namespace {

// A program may post its last words and end without waiting for an answer; the news of its end can
// overtake them.
constexpr std::chrono::milliseconds kLastWords{50};

// Clients tell the cause of an error for X-Ray in a header of up to 1 MB
// (Lambda-Runtime-Function-XRay-Error-Cause).
constexpr std::size_t kLongestHead = 2u << 20;

}  // namespace

base::Result<std::unique_ptr<RuntimeApi>> RuntimeApi::start(std::uint64_t max_response) {
  std::unique_ptr<RuntimeApi> api(new RuntimeApi(max_response));
  base::HttpServerOptions options;
  options.max_body = max_response;
  options.max_head = kLongestHead;
  base::HttpServer::Callbacks callbacks;
  callbacks.on_request = [self = api.get()](base::HttpTicket ticket, base::HttpRequest request) {
    self->on_request(ticket, std::move(request));
  };
  callbacks.on_gone = [self = api.get()](base::HttpTicket ticket) { self->on_gone(ticket); };
  FSIM_ASSIGN(api->server_, base::HttpServer::listen(options));
  FSIM_TRY(api->server_->serve(std::move(callbacks)));
  return api;
}

std::string RuntimeApi::address() const {
  return fmt::format("127.0.0.1:{}", server_->port());
}

void RuntimeApi::on_request(base::HttpTicket ticket, base::HttpRequest request) {
  std::optional<base::HttpReply> reply;
  {
    const std::lock_guard lock(mutex_);
    reply = state_.on_request(request);
    if (!reply) next_ = ticket;
  }
  changed_.notify_all();
  if (reply) server_->answer(ticket, std::move(*reply));
}

void RuntimeApi::on_gone(base::HttpTicket ticket) {
  const std::lock_guard lock(mutex_);
  if (next_ != ticket) return;
  next_.reset();
  state_.on_gone();
}

std::optional<RuntimeApi::Event> RuntimeApi::event_now(Event wanted) const {
  const RuntimeState::Phase phase = state_.phase();
  if (phase == RuntimeState::Phase::init_failed) return Event::init_failed;
  if (wanted == Event::ready && phase == RuntimeState::Phase::ready) return wanted;
  // Not by the phase: a quick runtime has asked for the next invocation by now.
  if (wanted == Event::answered && state_.has_answer()) return wanted;
  return std::nullopt;
}

RuntimeApi::Event RuntimeApi::wait(const Deadline& deadline, Event wanted) {
  std::unique_lock lock(mutex_);
  std::optional<Event> event;
  const auto happened = [&] { return (event = event_now(wanted)).has_value(); };
  const auto over = [&] { return happened() || ended_; };
  if (deadline)
    changed_.wait_until(lock, *deadline, over);
  else
    changed_.wait(lock, over);
  const bool owes_words = state_.phase() == RuntimeState::Phase::started ||
                          state_.phase() == RuntimeState::Phase::running;
  if (!event && ended_ && owes_words) changed_.wait_for(lock, kLastWords, happened);
  return event.value_or(ended_ ? Event::ended : Event::timed_out);
}

RuntimeApi::Event RuntimeApi::wait_ready(const Deadline& deadline) {
  const Event event = wait(deadline, Event::ready);
  const std::lock_guard lock(mutex_);
  return event == Event::ready && ended_ ? Event::ended : event;
}

RuntimeApi::Event RuntimeApi::wait_answer(const Deadline& deadline) {
  return wait(deadline, Event::answered);
}

void RuntimeApi::give(RuntimeInvocation invocation) {
  std::optional<base::HttpTicket> ticket;
  base::HttpReply reply;
  {
    const std::lock_guard lock(mutex_);
    reply = state_.give(std::move(invocation));
    ticket = std::exchange(next_, std::nullopt);
  }
  if (ticket) server_->answer(*ticket, std::move(reply));
}

std::optional<RuntimeAnswer> RuntimeApi::take_answer() {
  const std::lock_guard lock(mutex_);
  return state_.take_answer();
}

void RuntimeApi::end() noexcept {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
}

}  // namespace connectors
