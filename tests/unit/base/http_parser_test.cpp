// SPDX-License-Identifier: Apache-2.0
#include "base/http_parser.hpp"

#include <doctest/doctest.h>

namespace {

using State = base::HttpParser::State;

// Feeds in pieces until the parser is done; `left` is what it did not take.
base::HttpParser parse(std::string_view text, std::size_t piece = SIZE_MAX,
                       std::uint64_t max_body = 1 << 20, std::string* left = nullptr) {
  base::HttpParser parser(max_body);
  while (!text.empty()) {
    const std::string_view next = text.substr(0, piece);
    const std::size_t taken = parser.feed(next);
    text.remove_prefix(taken);
    if (taken < next.size()) break;
  }
  if (left != nullptr) *left = text;
  return parser;
}

int failure(std::string_view text) {
  const auto parser = parse(text);
  return parser.state() == State::failed ? parser.failure_status() : 0;
}

std::string get(std::string_view headers) {
  return "GET / HTTP/1.1\r\n" + std::string(headers) + "\r\n";
}

std::string chunked(std::string_view body) {
  return "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(body);
}

}  // namespace

TEST_CASE("http parser: a request with a length, in pieces of any size") {
  const std::string text =
      "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-LENGTH: 5\r\nX-Empty:\r\nX-Two:  a b "
      "\r\n\r\nhello"
      "GET / HTTP/1.1\r\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    CAPTURE(piece);
    std::string left;
    auto parser = parse(text, piece, 100, &left);
    REQUIRE(parser.state() == State::complete);
    CHECK(left == "GET / HTTP/1.1\r\n");
    CHECK(parser.keep_alive());
    const base::HttpRequest request = parser.take();
    CHECK(request.method == "POST");
    CHECK(request.target == "/a?b=c");
    CHECK(request.headers.size() == 4);
    CHECK(request.header("content-length") == "5");
    CHECK(request.header("x-empty") == "");
    CHECK(request.header("X-TWO") == "a b");
    CHECK(request.header("absent") == "");
    CHECK(request.body.view() == "hello");
    CHECK(request.body_bytes == 5);
    CHECK_FALSE(request.body_too_large);
    CHECK(parser.idle());
  }
}

TEST_CASE("http parser: chunks with extensions and trailers, in pieces of any size") {
  const std::string text = chunked(
      "4;name=value\r\nWiki\r\n00A \r\npedia in\r\n\r\n1\r\n!\r\n0;last\r\n"
      "Lambda-Runtime-Function-Error-Type: Runtime.Broken\r\nX-More: 1\r\n\r\nrest");
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    CAPTURE(piece);
    std::string left;
    auto parser = parse(text, piece, 100, &left);
    REQUIRE(parser.state() == State::complete);
    CHECK(left == "rest");
    const base::HttpRequest request = parser.take();
    CHECK(request.body.view() == "Wikipedia in\r\n!");
    CHECK(request.header("lambda-runtime-function-error-type") == "Runtime.Broken");
    CHECK(request.header("x-more") == "1");
  }
}

TEST_CASE("http parser: a body over the limit is cut, read to its end and counted") {
  for (const std::string& text :
       {"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n" + std::string("0123456789"),
        chunked("6\r\n012345\r\n4\r\n6789\r\n0\r\n\r\n")}) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, text.size()}) {
      auto parser = parse(text, piece, 4);
      REQUIRE(parser.state() == State::complete);
      const base::HttpRequest request = parser.take();
      CHECK(request.body.view() == "0123");
      CHECK(request.body_bytes == 10);
      CHECK(request.body_too_large);
    }
    auto fits = parse(text, 3, 10);
    const base::HttpRequest request = fits.take();
    CHECK(request.body.view() == "0123456789");
    CHECK_FALSE(request.body_too_large);
  }
}

TEST_CASE("http parser: body bytes can be received in place") {
  base::HttpParser parser(6);
  CHECK(parser.body_room().size == 0);
  parser.feed("POST / HTTP/1.1\r\nContent-Length: 8\r\n\r\n12");
  auto room = parser.body_room();
  REQUIRE(room.size == 4);
  std::string_view("3456").copy(room.to, 4);
  parser.body_arrived(4);
  CHECK(parser.body_room().size == 0);
  parser.feed("78");
  REQUIRE(parser.state() == State::complete);
  const base::HttpRequest request = parser.take();
  CHECK(request.body.view() == "123456");
  CHECK(request.body_too_large);
}

TEST_CASE("http parser: keep-alive") {
  const auto keeps = [](const std::string& text) {
    const auto parser = parse(text);
    REQUIRE(parser.state() == State::complete);
    return parser.keep_alive();
  };
  CHECK(keeps(get("")));
  CHECK_FALSE(keeps(get("Connection: upgrade, Close\r\n")));
  CHECK_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
  CHECK(keeps("GET / HTTP/1.0\r\nconnection: Keep-Alive\r\n\r\n"));
}

TEST_CASE("http parser: a client that waits for 100 Continue") {
  const std::string head = "POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n";
  CHECK(parse(head).wants_continue());
  CHECK_FALSE(parse(head.substr(0, head.size() - 1)).wants_continue());
  CHECK_FALSE(parse(head + "1").wants_continue());
  CHECK_FALSE(parse(head + "12").wants_continue());
  CHECK(parse("POST / HTTP/1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n")
            .wants_continue());
  CHECK_FALSE(parse("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
                  .wants_continue());
}

TEST_CASE("http parser: line feeds alone and empty lines in front are tolerated") {
  auto parser = parse("\r\n\n\r\nGET /x HTTP/1.1\nA: b\n\n");
  REQUIRE(parser.state() == State::complete);
  const auto request = parser.take();
  CHECK(request.target == "/x");
  CHECK(request.header("a") == "b");
}

TEST_CASE("http parser: what is no request") {
  CHECK(failure("hello\r\n\r\n") == 400);
  CHECK(failure("GET /\r\n\r\n") == 400);
  CHECK(failure("G(T / HTTP/1.1\r\n\r\n") == 400);
  CHECK(failure("GET /a b HTTP/1.1\r\n\r\n") == 400);
  CHECK(failure("GET  HTTP/1.1\r\n\r\n") == 400);
  CHECK(failure("GET / HTTP/1\r\n\r\n") == 400);
  CHECK(failure("GET / HTTP/2.0\r\n\r\n") == 505);
  CHECK(failure("\x16\x03\x01\x02") == 400);  // TLS: at once
  CHECK(failure(get("no colon\r\n")) == 400);
  CHECK(failure(get("Name : blank before the colon\r\n")) == 400);
  CHECK(failure(get("A: b\r\n folded\r\n")) == 400);
  CHECK(failure(get(": nameless\r\n")) == 400);
  CHECK(failure(get("A: b\rc\r\n")) == 400);
  CHECK(failure(get(std::string_view("A: b\0c\r\n", 8))) == 400);
  CHECK(failure(get("Content-Length: -1\r\n")) == 400);
  CHECK(failure(get("Content-Length: +1\r\n")) == 400);
  CHECK(failure(get("Content-Length: 1, 1\r\n")) == 400);
  CHECK(failure(get("Content-Length: 1\r\nContent-Length: 2\r\n")) == 400);
  CHECK(failure(get("Content-Length: 99999999999999999999\r\n")) == 400);
  CHECK(failure(get("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")) == 400);
  CHECK(failure(get("Transfer-Encoding: gzip, chunked\r\n")) == 501);
}

TEST_CASE("http parser: chunks that are none") {
  CHECK(failure(chunked("x\r\n")) == 400);
  CHECK(failure(chunked("\r\n")) == 400);
  CHECK(failure(chunked("-1\r\n")) == 400);
  CHECK(failure(chunked("0x1\r\n")) == 400);
  CHECK(failure(chunked("10000000000000000\r\n")) == 400);
  CHECK(failure(chunked("1\r\nab\r\n")) == 400);
  CHECK(failure(chunked("1\r\na\r\nffffffffffffffff\r\n")) == 400);
  CHECK(failure(chunked("0\r\nno colon\r\n")) == 400);
}

TEST_CASE("http parser: heads and trailers have a size limit") {
  const std::string filler(base::HttpParser::kMaxHead, 'x');
  CHECK(failure("GET /" + filler) == 431);
  CHECK(failure(get("A: " + filler)) == 431);
  CHECK(failure(chunked(filler + filler)) == 431);
  const std::string half = filler.substr(0, filler.size() / 2);
  CHECK(failure(chunked("0\r\nA: " + half + "\r\nB: " + half + "\r\n\r\n")) == 431);
  const std::string fits = get("A: " + filler.substr(0, filler.size() - 30) + "\r\n");
  for (const std::size_t piece : {std::size_t{7}, fits.size()}) {
    CHECK(parse(fits, piece).state() == State::complete);
  }
}
