// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_headers.hpp"
#include "base/padded_buffer.hpp"
#include "base/result.hpp"

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace base {

// A request that has arrived in full. Chunked bodies are joined; trailers stand with the headers.
struct HttpRequest {
  std::string method;
  std::string target;  // path and query, as on the wire
  HttpHeaders headers;
  PaddedBuffer body;
  bool body_too_large =
      false;  // `body` was cut at HttpServerOptions::max_body and the rest dropped
  std::uint64_t body_bytes = 0;  // as sent, also when cut
  // The first header of that name, whatever its case, or an empty view.
  std::string_view header(std::string_view name) const;
};

// Content-Length and Connection are added by the server; the body is left away after HEAD.
struct HttpReply {
  int status = 200;
  HttpHeaders headers;
  std::string body;
};

// Names one waiting request. Answer it once, from any thread, now or later: a long poll is simply
// an answer that comes late.
using HttpTicket = std::uint64_t;

struct HttpServerOptions {
  std::uint64_t max_body = 64ull << 20;
  std::size_t max_head = 64u << 10;  // of the headers and of the trailers, each
  std::uint16_t port = 0;            // 0: any free one
  // Whose programs are answered, beside root's; not set: those of our effective user.
  std::optional<uid_t> only_user;
};

// A small HTTP/1.1 server on 127.0.0.1 for one program's clients: keep-alive without limit,
// Content-Length and chunked bodies with trailers, Expect: 100-continue, TCP_NODELAY on each
// accepted socket (without it a call costs 88 ms instead of 0.3). One thread serves all connections
// with poll(); the callbacks run on it and must not block. Requests of one connection are answered
// one after the other. What is no HTTP/1 request gets a 4xx or 5xx and the connection is closed; a
// head or trailers over `max_head` get 431. Programs of other users and web pages get 403 before a
// callback hears of them; see http_guard.hpp.
//
// Why not a library: the Lambda Runtime API needs trailers, late answers without a thread each, and
// notice of a dropped connection; see ARCHITECTURE.md.
class HttpServer {
 public:
  struct Callbacks {
    std::function<void(HttpTicket, HttpRequest)> on_request;
    // The client of an unanswered request closed its side or broke off. Not called for what
    // drop_connections or the destructor closes.
    std::function<void(HttpTicket)> on_gone;
  };

  // Takes the port; who connects waits until `serve` is called.
  static Result<std::unique_ptr<HttpServer>> listen(const HttpServerOptions& options);
  // Starts the thread, once. In two steps so that a callback may use the place in which its owner
  // keeps the server.
  Result<void> serve(Callbacks callbacks);
  ~HttpServer();  // closes all connections and joins the thread; not from a callback
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const noexcept;
  // Sends the answer; an unknown or already answered ticket, or one whose client left, is ignored.
  void answer(HttpTicket ticket, HttpReply reply);
  // Closes every connection, without waiting for answers or for that to be done.
  void drop_connections();

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace base
