// SPDX-License-Identifier: Apache-2.0
#include "base/http_parser.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace base {

namespace {

// RFC 9110, 5.6.2
bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

// Digits only, so no sign and no blanks.
std::optional<std::uint64_t> parse_number(std::string_view text, int base) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number, base);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return number;
}

std::string_view without_cr(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// Cuts the first line off `text` and returns it without its end.
std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return without_cr(line);
}

// Where the head ends: behind its first empty line. `from`: what lies before was searched already.
std::size_t end_of_head(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('\n', from); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    if (text.substr(at + 1, 1) == "\n") return at + 2;
    if (text.substr(at + 1, 2) == "\r\n") return at + 3;
  }
  return std::string_view::npos;
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
  return find_header(headers, name);
}

HttpParser::State HttpParser::state() const noexcept {
  switch (step_) {
    case Step::head: return State::head;
    case Step::complete: return State::complete;
    case Step::failed: return State::failed;
    default: return State::body;
  }
}

std::size_t HttpParser::feed(std::string_view bytes) {
  std::string_view rest = bytes;
  while (!rest.empty() && step_ != Step::complete && step_ != Step::failed) {
    if (step_ == Step::head) {
      feed_head(rest);
    } else if (step_ == Step::data || step_ == Step::chunk_data) {
      feed_data(rest);
    } else {
      feed_line(rest);
    }
  }
  return bytes.size() - rest.size();
}

void HttpParser::feed_head(std::string_view& rest) {
  // Empty lines before a request are no mistake (RFC 9112, 2.2).
  while (text_.empty() && !rest.empty() && (rest[0] == '\r' || rest[0] == '\n')) {
    rest.remove_prefix(1);
  }
  const std::size_t before = text_.size();
  const std::size_t room = max_head_ - before;
  text_.append(rest.substr(0, room));
  // Said at once to who speaks TLS, since such a client waits for an answer.
  if (!text_.empty() && !is_token(std::string_view(text_).substr(0, 1))) {
    return fail(400, "it does not begin with a method (is this https to an http server?)");
  }
  const std::size_t end = end_of_head(text_, before < 2 ? 0 : before - 2);
  if (end == std::string_view::npos) {
    if (rest.size() >= room) return fail(431, "the headers are too large");
    rest = {};
    return;
  }
  rest.remove_prefix(end - before);
  const std::string head = std::exchange(text_, {});
  parse_head(std::string_view(head).substr(0, end));
}

void HttpParser::parse_head(std::string_view head) {
  if (!parse_request_line(next_line(head))) return;
  for (std::string_view line = next_line(head); !line.empty(); line = next_line(head)) {
    if (!parse_header(line)) return;
  }
  const HttpHeaders& headers = request_.headers;
  keep_alive_ = http_1_0_ ? header_has_token(headers, "Connection", "keep-alive")
                          : !header_has_token(headers, "Connection", "close");
  if (!choose_body()) return;
  constexpr std::uint64_t kMostAtOnce = 64u << 20;  // a client may claim any length
  if (step_ == Step::data) {
    request_.body.prepare(static_cast<std::size_t>(std::min({remaining_, max_body_, kMostAtOnce})));
  }
}

bool HttpParser::parse_request_line(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return fail(400, "the first line is not METHOD TARGET VERSION"), false;
  }
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(line.substr(0, first))) return fail(400, "the method is not a word"), false;
  if (target.empty() || has_control(target) || target.find_first_of(" \t") != target.npos) {
    return fail(400, "the target holds blanks or control characters"), false;
  }
  if (version.size() != 8 || version.substr(0, 5) != "HTTP/") {
    return fail(400, "the first line does not end with the version"), false;
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return fail(505, "only HTTP/1.1 and HTTP/1.0 are spoken here"), false;
  }
  http_1_0_ = version.back() == '0';
  request_.method = line.substr(0, first);
  request_.target = target;
  return true;
}

bool HttpParser::parse_header(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return fail(400, "a header has no colon"), false;
  const std::string_view value = trim_blanks(line.substr(colon + 1));
  if (!is_token(line.substr(0, colon))) return fail(400, "a header's name is not a word"), false;
  if (has_control(value)) return fail(400, "a header holds control characters"), false;
  request_.headers.emplace_back(line.substr(0, colon), value);
  return true;
}

// How the body is delimited (RFC 9112, 6.3).
bool HttpParser::choose_body() {
  std::optional<std::uint64_t> length;
  bool chunked = false;
  for (const auto& [name, value] : request_.headers) {
    if (equal_ignoring_case(name, "Transfer-Encoding")) {
      if (chunked || !equal_ignoring_case(value, "chunked")) {
        return fail(501, "the only transfer encoding known here is chunked"), false;
      }
      chunked = true;
    } else if (equal_ignoring_case(name, "Content-Length")) {
      const auto number = parse_number(value, 10);
      if (!number || (length && *length != *number)) {
        return fail(400, "the Content-Length is not one number"), false;
      }
      length = number;
    }
  }
  if (chunked && length) {
    return fail(400, "both Content-Length and Transfer-Encoding are given"), false;
  }
  remaining_ = length.value_or(0);
  step_ = chunked ? Step::chunk_size : remaining_ > 0 ? Step::data : Step::complete;
  return true;
}

void HttpParser::feed_data(std::string_view& rest) {
  const auto here = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, rest.size()));
  const std::uint64_t room = max_body_ - request_.body.size();
  request_.body.append(
      rest.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(here, room))));
  rest.remove_prefix(here);
  take_data(here);
}

HttpParser::Room HttpParser::body_room() {
  if (step_ != Step::data && step_ != Step::chunk_data) return {};
  constexpr std::uint64_t kAtOnce = 1u << 20;
  const std::uint64_t size = std::min({remaining_, max_body_ - request_.body.size(), kAtOnce});
  return {request_.body.prepare(static_cast<std::size_t>(size)), static_cast<std::size_t>(size)};
}

void HttpParser::body_arrived(std::size_t bytes) {
  request_.body.commit(bytes);
  take_data(bytes);
}

void HttpParser::take_data(std::size_t bytes) {
  remaining_ -= bytes;
  request_.body_bytes += bytes;
  if (request_.body_bytes > max_body_) request_.body_too_large = true;
  if (remaining_ == 0) step_ = step_ == Step::data ? Step::complete : Step::chunk_end;
}

void HttpParser::feed_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::size_t length = std::min(end, rest.size());
  trailer_bytes_ += step_ == Step::trailers ? length : 0;
  if (text_.size() + length > max_head_ || trailer_bytes_ > max_head_) {
    return fail(431, "the trailers or a chunk's first line are too large");
  }
  text_.append(rest.substr(0, length));
  rest.remove_prefix(std::min(length + 1, rest.size()));
  if (end == std::string_view::npos) return;
  const std::string line = std::exchange(text_, {});
  parse_line(without_cr(line));
}

void HttpParser::parse_line(std::string_view line) {
  if (step_ == Step::chunk_size) {
    parse_chunk_size(line);
  } else if (step_ == Step::chunk_end) {
    if (!line.empty()) return fail(400, "a chunk is longer than it says");
    step_ = Step::chunk_size;
  } else if (line.empty()) {
    step_ = Step::complete;
  } else {
    parse_header(line);
  }
}

void HttpParser::parse_chunk_size(std::string_view line) {
  const auto size = parse_number(trim_blanks(line.substr(0, line.find(';'))), 16);
  if (!size || *size > UINT64_MAX - request_.body_bytes) {
    return fail(400, "a chunk does not begin with its size");
  }
  remaining_ = *size;
  step_ = remaining_ == 0 ? Step::trailers : Step::chunk_data;
}

bool HttpParser::wants_continue() const noexcept {
  return state() == State::body && !http_1_0_ && request_.body_bytes == 0 &&
         equal_ignoring_case(find_header(request_.headers, "Expect"), "100-continue");
}

HttpRequest HttpParser::take() {
  HttpRequest done = std::move(request_);
  *this = HttpParser(max_body_, max_head_);
  return done;
}

void HttpParser::fail(int status, const char* reason) {
  step_ = Step::failed;
  failure_status_ = status;
  failure_ = reason;
}

}  // namespace base
