// SPDX-License-Identifier: Apache-2.0
#include "connectors/s3_server.hpp"

#include "connectors/s3_answer.hpp"

#include <system_error>
#include <utility>

#include <fmt/core.h>

namespace connectors {
namespace {

// The real one takes 5 GB in one put; this one holds it in memory.
constexpr std::uint64_t kLargestBody = 1ull << 30;

}  // namespace

base::Result<std::unique_ptr<S3Server>> S3Server::start() {
  std::unique_ptr<S3Server> started(new S3Server());
  S3Server* self = started.get();
  FSIM_ASSIGN(started->server_, base::HttpServer::listen({.max_body = kLargestBody}));
  FSIM_TRY(started->server_->serve({.on_request =
                                        [self](base::HttpTicket ticket, base::HttpRequest request) {
                                          self->on_request(ticket, std::move(request));
                                        },
                                    .on_gone = [](base::HttpTicket) {}}));
  try {
    started->writer_ = std::thread([self] { self->write_when_due(); });
  } catch (const std::system_error& error) {
    return base::fail(
        base::ErrorKind::environment,
        fmt::format("cannot offer an S3 bucket: no thread for it ({})", error.what()));
  }
  return started;
}

S3Server::~S3Server() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (writer_.joinable()) writer_.join();
}

std::string S3Server::url() const {
  return fmt::format("http://127.0.0.1:{}", server_->port());
}

void S3Server::on_request(base::HttpTicket ticket, base::HttpRequest request) {
  if (request.body_too_large) {
    server_->answer(ticket, s3_error(400, "EntityTooLarge", "This stand-in takes 1 GiB at most."));
    return;
  }
  auto read = read_s3_request(std::move(request));
  if (!read) {
    server_->answer(ticket, s3_error(400, "IncompleteBody", "The aws-chunked body is broken."));
    return;
  }
  if (!writes_object(*read)) {
    server_->answer(ticket, answer_s3(objects_, std::move(*read)));
    return;
  }
  const std::lock_guard lock(mutex_);
  pending_.push_back({std::chrono::steady_clock::now() + kWriteTime, ticket, std::move(*read)});
  changed_.notify_all();
}

void S3Server::write_when_due() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !pending_.empty(); });
    if (ending_) return;
    if (changed_.wait_until(lock, pending_.front().due, [this] { return ending_; })) return;
    Pending next = std::move(pending_.front());
    pending_.pop_front();
    lock.unlock();
    server_->answer(next.ticket, answer_s3(objects_, std::move(next.request)));
    lock.lock();
  }
}

}  // namespace connectors
