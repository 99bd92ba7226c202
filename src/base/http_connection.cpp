// SPDX-License-Identifier: Apache-2.0
#include "base/http_connection.hpp"

#include "base/http_guard.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fmt/format.h>

namespace base {

namespace {

// What one connection may move before the others get their turn.
constexpr std::size_t kTurn = 4u << 20;
constexpr std::size_t kPiece = 64u << 10;
// From this size on, body bytes are received where they will stay.
constexpr std::size_t kDirect = 16u << 10;
// How much is read while an earlier request waits for its answer.
constexpr std::size_t kMostAhead = 64u << 10;
// How long a client may go on sending after the last answer. Closing at once would make the system
// send a reset, which can overtake the answer.
constexpr std::chrono::seconds kLinger{2};
// How long somebody who will be turned away may take to ask.
constexpr std::chrono::seconds kPatience{2};

#ifdef MSG_NOSIGNAL
constexpr int kSendFlags = MSG_NOSIGNAL;
#else
constexpr int kSendFlags = 0;  // macOS: SO_NOSIGPIPE is set on the socket
#endif

const char* reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Content Too Large";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
  }
}

// A line end in a value would let it pass for another header.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

bool has_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

std::string make_head(const HttpReply& reply, bool keep_alive) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", reply.status, reason(reply.status));
  for (const auto& [name, value] : reply.headers) {
    fmt::format_to(std::back_inserter(head), "{}: {}\r\n", name, one_line(value));
  }
  if (has_body(reply.status)) {
    fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", reply.body.size());
  }
  if (!keep_alive) head += "Connection: close\r\n";
  return head += "\r\n";
}

}  // namespace

HttpConnection::HttpConnection(Fd socket, std::uint64_t max_body, std::size_t max_head)
    : socket_(std::move(socket)), parser_(max_body, max_head) {}

void HttpConnection::turn_away(std::string why) {
  turned_away_ = std::move(why);
  give_up_at_ = std::chrono::steady_clock::now() + kPatience;
}

short HttpConnection::wanted() const noexcept {
  short events = 0;
  if (!peer_closed_ && (closing_ || ahead_.size() < kMostAhead)) events |= POLLIN;
  if (!outgoing_.empty()) events |= POLLOUT;
  return events;
}

void HttpConnection::handle(short revents) {
  const bool readable = (revents & (POLLIN | POLLHUP)) != 0 && (wanted() & POLLIN) != 0;
  if (readable) {
    receive();
  } else if ((revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
    broken_ = true;
  }
  if ((revents & POLLOUT) != 0) send_queued();
}

// Whether what comes now belongs to a later request.
bool HttpConnection::busy() const noexcept {
  const auto state = parser_.state();
  return waiting_ != 0 || state == HttpParser::State::complete ||
         state == HttpParser::State::failed;
}

void HttpConnection::receive() {
  std::size_t moved = 0;
  while (moved < kTurn && (closing_ || ahead_.size() < kMostAhead)) {
    if (!receive_once(moved)) return;
  }
}

bool HttpConnection::receive_once(std::size_t& moved) {
  if (!busy() && !closing_ && ahead_.empty()) {
    const HttpParser::Room room = parser_.body_room();
    if (room.size >= kDirect) {
      const ssize_t got = ::recv(fd(), room.to, room.size, 0);
      if (got <= 0) return note(got), false;
      parser_.body_arrived(static_cast<std::size_t>(got));
      moved += static_cast<std::size_t>(got);
      return true;
    }
  }
  std::array<char, kPiece> piece;
  const ssize_t got = ::recv(fd(), piece.data(), piece.size(), 0);
  if (got <= 0) return note(got), false;
  moved += static_cast<std::size_t>(got);
  if (!closing_) parse({piece.data(), static_cast<std::size_t>(got)});
  return true;
}

void HttpConnection::parse(std::string_view bytes) {
  if (!busy() && ahead_.empty()) bytes.remove_prefix(parser_.feed(bytes));
  ahead_.append(bytes);
  if (!continue_sent_ && !busy() && parser_.wants_continue()) {
    continue_sent_ = true;
    queue("HTTP/1.1 100 Continue\r\n\r\n", {});
  }
}

// The end of a stream, or an error of recv.
void HttpConnection::note(ssize_t result) {
  if (result == 0) {
    peer_closed_ = true;
  } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
    broken_ = true;
  }
}

std::optional<HttpRequest> HttpConnection::next_request(HttpTicket id) {
  if (waiting_ != 0 || closing_ || broken_ || !outgoing_.empty()) return std::nullopt;
  if (!busy() && !ahead_.empty()) parse(std::exchange(ahead_, {}));
  if (parser_.state() == HttpParser::State::failed) {
    refuse(parser_.failure_status(), fmt::format("cannot read the request: {}", parser_.failure()));
  }
  if (parser_.state() != HttpParser::State::complete) return std::nullopt;
  keep_alive_ = parser_.keep_alive();
  HttpRequest request = parser_.take();
  head_only_ = request.method == "HEAD";
  continue_sent_ = false;
  std::string why_not = turned_away_.empty() ? why_not_request(request.headers) : turned_away_;
  if (!why_not.empty()) return refuse(403, std::move(why_not)), std::nullopt;
  waiting_ = id;
  return request;
}

void HttpConnection::answer(HttpReply reply) {
  waiting_ = 0;
  std::string head = make_head(reply, keep_alive_);
  const bool with_body = !head_only_ && has_body(reply.status);
  if (!keep_alive_) close_after_sending();
  queue(std::move(head), with_body ? std::move(reply.body) : std::string());
}

void HttpConnection::refuse(int status, std::string why) {
  HttpReply reply;
  reply.status = status;
  reply.headers = {{"Content-Type", "text/plain; charset=utf-8"}};
  reply.body = std::move(why) + '\n';
  close_after_sending();
  std::string head = make_head(reply, false);
  queue(std::move(head), std::move(reply.body));
}

void HttpConnection::close_after_sending() {
  closing_ = true;
  ahead_.clear();
}

void HttpConnection::queue(std::string head, std::string body) {
  outgoing_.push_back({std::move(head), std::move(body)});
  send_queued();
}

void HttpConnection::send_queued() {
  while (!outgoing_.empty() && !broken_) {
    Outgoing& next = outgoing_.front();
    const std::size_t of_head = std::min(sent_, next.head.size());
    const std::size_t of_body = sent_ - of_head;
    std::array<iovec, 2> parts{{{next.head.data() + of_head, next.head.size() - of_head},
                                {next.body.data() + of_body, next.body.size() - of_body}}};
    msghdr message = {};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const ssize_t count = ::sendmsg(fd(), &message, kSendFlags);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      if (errno != EAGAIN && errno != EWOULDBLOCK) broken_ = true;
      return;
    }
    sent_ += static_cast<std::size_t>(count);
    if (sent_ < next.head.size() + next.body.size()) continue;
    outgoing_.pop_front();
    sent_ = 0;
  }
  if (!closing_ || broken_ || linger_until_ != Time::max()) return;
  ::shutdown(fd(), SHUT_WR);
  linger_until_ = std::chrono::steady_clock::now() + kLinger;
}

bool HttpConnection::finished(Time now) const noexcept {
  if (broken_ || now >= deadline()) return true;
  if (!peer_closed_) return false;
  // Its side is closed. What was asked before may still be answered, but a request that waits for a
  // late answer is given up: a client that is gone looks the same.
  return outgoing_.empty() || waiting_ != 0;
}

}  // namespace base
