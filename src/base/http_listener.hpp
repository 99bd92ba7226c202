// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"

#include <chrono>
#include <cstdint>

namespace base {

// A listening socket on 127.0.0.1.
class HttpListener {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Port 0: any free one. Error (environment): the port is taken or not allowed.
  static Result<HttpListener> open(std::uint16_t port);

  std::uint16_t port() const noexcept { return port_; }
  // What to poll for; -1 while no more descriptors are to be had.
  int fd() const noexcept;
  // When `fd` is to be asked again; Time::max(): no need.
  Time retry_at() const noexcept { return retry_at_; }

  // The next client that waits: non-blocking, TCP_NODELAY. Not set when there is none.
  Fd accept();

 private:
  HttpListener(Fd socket, std::uint16_t port) : socket_(std::move(socket)), port_(port) {}

  Fd socket_;
  std::uint16_t port_;
  Time retry_at_ = Time::max();
};

}  // namespace base
