// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"
#include "base/http_parser.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <string>

namespace base {

// The server's side of one connection. Requests are read ahead a little, but given out one at a
// time: the next one after the answer to the last has been sent.
class HttpConnection {
 public:
  using Time = std::chrono::steady_clock::time_point;

  HttpConnection(Fd socket, std::uint64_t max_body, std::size_t max_head);

  int fd() const noexcept { return socket_.get(); }
  // What poll has to watch for.
  short wanted() const noexcept;
  // Moves bytes as poll found possible.
  void handle(short revents);

  // Answers with 403 and this line whatever is asked, and waits for it no longer than a moment.
  void turn_away(std::string why);

  // A request that has arrived in full, when it is its turn. It waits for `answer` under `id`.
  std::optional<HttpRequest> next_request(HttpTicket id);
  HttpTicket waiting() const noexcept { return waiting_; }  // 0: no request waits
  void answer(HttpReply reply);

  // There is nothing more to do: the client has gone, or everything was said.
  bool finished(Time now) const noexcept;
  // When `finished` has to be asked again though nothing happens; Time::max(): never.
  Time deadline() const noexcept { return std::min(linger_until_, give_up_at_); }

 private:
  struct Outgoing {
    std::string head;
    std::string body;
  };

  bool busy() const noexcept;
  void receive();
  bool receive_once(std::size_t& moved);
  void parse(std::string_view bytes);
  void note(ssize_t result);
  void send_queued();
  void queue(std::string head, std::string body);
  void close_after_sending();
  void refuse(int status, std::string why);

  Fd socket_;
  HttpParser parser_;
  std::string ahead_;  // received, not yet parsed
  std::deque<Outgoing> outgoing_;
  std::size_t sent_ = 0;  // of the first in `outgoing_`
  HttpTicket waiting_ = 0;
  bool continue_sent_ = false;
  bool head_only_ = false;  // the request that waits is a HEAD
  bool keep_alive_ = true;  // as that request wants it
  bool closing_ = false;    // nothing more is read as a request
  bool peer_closed_ = false;
  bool broken_ = false;
  std::string turned_away_;  // why, if so
  Time linger_until_ = Time::max();
  Time give_up_at_ = Time::max();
};

}  // namespace base
