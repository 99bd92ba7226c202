// SPDX-License-Identifier: Apache-2.0
#include "base/http_listener.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include <fmt/core.h>

namespace base {

namespace {

Fd stream_socket() {
#ifdef SOCK_CLOEXEC
  return Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
#else
  Fd made(::socket(AF_INET, SOCK_STREAM, 0));
  fcntl(made.get(), F_SETFD, FD_CLOEXEC);
  return made;
#endif
}

Fd accept_one(int listener) {
#ifdef __linux__
  return Fd(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
#else
  Fd made(::accept(listener, nullptr, nullptr));
  if (made) {
    fcntl(made.get(), F_SETFD, FD_CLOEXEC);
    set_nonblocking(made.get());
  }
  return made;
#endif
}

void turn_on(int socket, int level, int option) {
  const int on = 1;
  setsockopt(socket, level, option, &on, sizeof on);
}

std::string explain(std::uint16_t port, int error) {
  const std::string where = port == 0 ? "127.0.0.1" : fmt::format("127.0.0.1:{}", port);
  if (error == EADDRINUSE) {
    return fmt::format("cannot listen on {}: another program uses the port (choose another one)",
                       where);
  }
  return fmt::format("cannot listen on {}: {}", where, errno_text(error));
}

}  // namespace

Result<HttpListener> HttpListener::open(std::uint16_t port) {
  Fd made = stream_socket();
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  // A port whose last owner has just ended is free for us.
  if (made) turn_on(made.get(), SOL_SOCKET, SO_REUSEADDR);
  if (!made || ::bind(made.get(), generic, size) != 0 || ::listen(made.get(), SOMAXCONN) != 0 ||
      ::getsockname(made.get(), generic, &size) != 0) {
    return fail(ErrorKind::environment, explain(port, errno));
  }
  set_nonblocking(made.get());
  return HttpListener(std::move(made), ntohs(address.sin_port));
}

int HttpListener::fd() const noexcept {
  return std::chrono::steady_clock::now() < retry_at_ && retry_at_ != Time::max() ? -1
                                                                                  : socket_.get();
}

Fd HttpListener::accept() {
  retry_at_ = Time::max();
  while (true) {
    Fd client = accept_one(socket_.get());
    if (client) {
      turn_on(client.get(), IPPROTO_TCP, TCP_NODELAY);
#ifdef SO_NOSIGPIPE
      turn_on(client.get(), SOL_SOCKET, SO_NOSIGPIPE);
#endif
      return client;
    }
    // One that gave up while it waited does not concern the others.
    if (errno == EINTR || errno == ECONNABORTED) continue;
    const bool exhausted =
        errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
    if (exhausted) retry_at_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
    return client;
  }
}

}  // namespace base
