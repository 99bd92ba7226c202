// SPDX-License-Identifier: Apache-2.0
#include "base/http_server.hpp"

#include "base/fd.hpp"
#include "base/http_connection.hpp"
#include "base/http_guard.hpp"
#include "base/http_listener.hpp"
#include "base/loopback_peer.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <system_error>
#include <thread>

#include <fmt/core.h>

namespace base {

namespace {

using Time = HttpConnection::Time;
using Connections = std::vector<std::unique_ptr<HttpConnection>>;

int poll_timeout(Time until) {
  if (until == Time::max()) return -1;
  const auto wait = until - std::chrono::steady_clock::now();
  const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
  return static_cast<int>(std::clamp<std::int64_t>(rounded, 0, 60'000));
}

}  // namespace

struct HttpServer::Impl {
  Impl(const HttpServerOptions& settings, HttpListener socket, Bell wake)
      : options(settings),
        only_user(settings.only_user.value_or(::geteuid())),
        listener(std::move(socket)),
        peers(LoopbackPeers::open(listener.fd())),
        bell(std::move(wake)) {}

  const HttpServerOptions options;
  const uid_t only_user;
  Callbacks callbacks;  // as long as the thread runs, only that uses them
  HttpListener listener;
  const LoopbackPeers peers;
  const Bell bell;  // rung when other threads left something in what follows
  std::thread thread;
  std::atomic<std::thread::id> server_thread;

  std::mutex mutex;  // guards the next three
  std::vector<std::pair<HttpTicket, HttpReply>> answers;
  bool drop = false;
  bool stop = false;

  // Only the server's thread touches these.
  Connections connections;
  HttpTicket last_ticket = 0;

  void serve();
  bool take_messages();
  void send_answer(HttpTicket ticket, HttpReply reply);
  void wait();
  void accept_all();
  void give_request(HttpConnection& connection);
  bool remove_finished();
};

void HttpServer::Impl::serve() {
  server_thread = std::this_thread::get_id();
  while (take_messages()) {
    if (!remove_finished()) wait();
  }
  connections.clear();
}

// Does what callbacks and other threads asked for; false when the server shall end.
bool HttpServer::Impl::take_messages() {
  while (true) {
    std::vector<std::pair<HttpTicket, HttpReply>> replies;
    {
      const std::lock_guard lock(mutex);
      if (stop) return false;
      if (std::exchange(drop, false)) connections.clear();
      replies.swap(answers);
    }
    if (replies.empty()) return true;
    for (auto& [ticket, reply] : replies) send_answer(ticket, std::move(reply));
  }
}

void HttpServer::Impl::send_answer(HttpTicket ticket, HttpReply reply) {
  const auto found = std::find_if(connections.begin(), connections.end(), [ticket](const auto& c) {
    return ticket != 0 && c->waiting() == ticket;
  });
  if (found == connections.end()) return;
  (*found)->answer(std::move(reply));
  give_request(**found);
}

void HttpServer::Impl::wait() {
  std::vector<pollfd> fds;
  fds.reserve(connections.size() + 2);
  fds.push_back({bell.fd(), POLLIN, 0});
  fds.push_back({listener.fd(), POLLIN, 0});
  Time until = listener.retry_at();
  for (const auto& connection : connections) {
    fds.push_back({connection->fd(), connection->wanted(), 0});
    until = std::min(until, connection->deadline());
  }
  if (poll(fds.data(), static_cast<nfds_t>(fds.size()), poll_timeout(until)) < 0) return;
  if (fds[0].revents != 0) bell.clear();
  const std::size_t known = connections.size();
  for (std::size_t i = 0; i < known; ++i) {
    if (fds[i + 2].revents == 0) continue;
    connections[i]->handle(fds[i + 2].revents);
    give_request(*connections[i]);
  }
  if (fds[1].revents != 0) accept_all();
}

void HttpServer::Impl::accept_all() {
  while (Fd socket = listener.accept()) {
    // Asked now and not with the first request: who has sent one may close at once.
    std::string why_not = why_not_peer(peers.owner_of_peer(socket.get()), only_user);
    const std::uint64_t max_body = why_not.empty() ? options.max_body : 0;
    connections.push_back(
        std::make_unique<HttpConnection>(std::move(socket), max_body, options.max_head));
    if (!why_not.empty()) connections.back()->turn_away(std::move(why_not));
  }
}

// The callback often answers at once; take_messages finds that before the next wait.
void HttpServer::Impl::give_request(HttpConnection& connection) {
  auto request = connection.next_request(last_ticket + 1);
  if (request) callbacks.on_request(++last_ticket, std::move(*request));
}

// True when a callback was told, which may have left something for take_messages.
bool HttpServer::Impl::remove_finished() {
  const Time now = std::chrono::steady_clock::now();
  std::vector<HttpTicket> gone;
  const auto finished = [&](const std::unique_ptr<HttpConnection>& connection) {
    if (!connection->finished(now)) return false;
    if (connection->waiting() != 0) gone.push_back(connection->waiting());
    return true;
  };
  connections.erase(std::remove_if(connections.begin(), connections.end(), finished),
                    connections.end());
  if (!callbacks.on_gone) return false;
  for (const HttpTicket ticket : gone) callbacks.on_gone(ticket);
  return !gone.empty();
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const HttpServerOptions& options) {
  FSIM_ASSIGN(HttpListener listener, HttpListener::open(options.port));
  FSIM_ASSIGN(Bell bell, Bell::make());
  return std::unique_ptr<HttpServer>(
      new HttpServer(std::make_unique<Impl>(options, std::move(listener), std::move(bell))));
}

Result<void> HttpServer::serve(Callbacks callbacks) {
  impl_->callbacks = std::move(callbacks);
  try {
    impl_->thread = std::thread([server = impl_.get()] { server->serve(); });
  } catch (const std::system_error& error) {
    return fail(ErrorKind::environment, fmt::format("cannot start a thread: {}", error.what()));
  }
  return {};
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

HttpServer::~HttpServer() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stop = true;
  }
  impl_->bell.ring();
  if (impl_->thread.joinable()) impl_->thread.join();
}

std::uint16_t HttpServer::port() const noexcept {
  return impl_->listener.port();
}

void HttpServer::answer(HttpTicket ticket, HttpReply reply) {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->answers.emplace_back(ticket, std::move(reply));
  }
  // The server's own thread looks for answers after each callback.
  if (std::this_thread::get_id() != impl_->server_thread.load()) impl_->bell.ring();
}

void HttpServer::drop_connections() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->drop = true;
  }
  impl_->bell.ring();
}

}  // namespace base
