// SPDX-License-Identifier: Apache-2.0
#include "workflows/serve_lambda.hpp"

#include <fmt/format.h>

namespace workflows {

base::Result<std::unique_ptr<LambdaEndpoint>> LambdaEndpoint::start(core::Connector& connector,
                                                                    LambdaServing serving) {
  std::unique_ptr<LambdaEndpoint> endpoint(new LambdaEndpoint(connector, std::move(serving)));
  LambdaEndpoint* self = endpoint.get();
  const base::HttpServerOptions options{.max_body = self->serving_.limits.request_bytes + 1,
                                        .port = self->serving_.port};
  FSIM_ASSIGN(endpoint->server_, base::HttpServer::listen(options));
  FSIM_TRY(endpoint->server_->serve(
      {.on_request = [self](
                         base::HttpTicket ticket,
                         const base::HttpRequest& request) { self->on_request(ticket, request); },
       .on_gone = [](base::HttpTicket) {}}));
  return endpoint;
}

void LambdaEndpoint::on_request(base::HttpTicket ticket, const base::HttpRequest& request) {
  auto read = read_lambda_request(request, serving_.limits.request_bytes);
  if (auto* reply = std::get_if<base::HttpReply>(&read)) {
    server_->answer(ticket, std::move(*reply));
    return;
  }
  LambdaRequest invocation = std::get<LambdaRequest>(std::move(read));
  if (invocation.is_event) server_->answer(ticket, {202, {}, ""});
  const std::lock_guard lock(mutex_);
  queue_.push_back({ticket, std::move(invocation)});
  came_.notify_one();
}

void LambdaEndpoint::run(const std::function<bool()>& ended) {
  constexpr std::chrono::milliseconds kLook{100};
  while (!ended()) {
    std::unique_lock lock(mutex_);
    if (!came_.wait_for(lock, kLook, [this] { return !queue_.empty(); })) continue;
    lock.unlock();
    answer_next();
  }
}

void LambdaEndpoint::answer_next() {
  std::unique_lock lock(mutex_);
  const Waiting next = std::move(queue_.front());
  queue_.pop_front();
  lock.unlock();
  auto raw = connector_.invoke({next.request.payload, serving_.timeout});
  if (!raw) {
    serving_.log_line(raw.error().message);
    server_->answer(next.ticket, lambda_error(500, "ServiceException", raw.error().message));
    return;
  }
  const LambdaLog log = lambda_log(*raw, serving_.memory_mb);
  for (const std::string& line : {log.start, log.end, log.report}) serving_.log_line(line);
  if (!next.request.is_event) server_->answer(next.ticket, lambda_reply(next.request, *raw, log));
}

}  // namespace workflows
