// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_server.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace base {

// Reads HTTP/1 requests from bytes in whatever pieces they come; knows nothing of sockets. Follows
// RFC 9112, strictly where a lenient reader could be led to see other requests than the next one:
// no folded headers, no blank before the colon, not both Content-Length and Transfer-Encoding.
class HttpParser {
 public:
  // What a server usually takes.
  static constexpr std::size_t kMaxHead = 65'536;

  // Of a body, `max_body` bytes are kept and the rest is only counted. A head, and the trailers of
  // a body, may not be larger than `max_head`; the same for one chunk-size line.
  explicit HttpParser(std::uint64_t max_body, std::size_t max_head = kMaxHead)
      : max_body_(max_body), max_head_(max_head) {}

  enum class State { head, body, complete, failed };
  State state() const noexcept;
  // Nothing of a request has arrived yet.
  bool idle() const noexcept { return step_ == Step::head && text_.empty(); }

  // Takes bytes up to the end of the request or the first mistake; returns how many it took.
  std::size_t feed(std::string_view bytes);

  // Where to receive the next body bytes without another copy; a size of 0: use `feed`.
  struct Room {
    char* to = nullptr;
    std::size_t size = 0;
  };
  Room body_room();
  void body_arrived(std::size_t bytes);

  // Once the head is there: the client waits for "100 Continue" before it sends the body.
  bool wants_continue() const noexcept;
  // Once the request is complete: the connection may carry another one.
  bool keep_alive() const noexcept { return keep_alive_; }

  // The request, when `complete`; the parser is then ready for the next one.
  HttpRequest take();

  // When `failed`: the status to answer and what was wrong.
  int failure_status() const noexcept { return failure_status_; }
  std::string_view failure() const noexcept { return failure_; }

 private:
  enum class Step { head, data, chunk_size, chunk_data, chunk_end, trailers, complete, failed };

  void feed_head(std::string_view& rest);
  void feed_data(std::string_view& rest);
  void feed_line(std::string_view& rest);
  void take_data(std::size_t bytes);
  void parse_head(std::string_view head);
  bool parse_request_line(std::string_view line);
  bool parse_header(std::string_view line);
  bool choose_body();
  void parse_line(std::string_view line);
  void parse_chunk_size(std::string_view line);
  void fail(int status, const char* reason);

  std::uint64_t max_body_;
  std::size_t max_head_;
  Step step_ = Step::head;
  std::string text_;  // a head or a line that has not arrived in full
  std::size_t trailer_bytes_ = 0;
  std::uint64_t remaining_ = 0;  // of the body, or of its current chunk
  bool http_1_0_ = false;
  bool keep_alive_ = true;
  int failure_status_ = 0;
  const char* failure_ = "";
  HttpRequest request_;
};

}  // namespace base
