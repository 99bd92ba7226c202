// SPDX-License-Identifier: Apache-2.0
#include "connectors/runtime_api.hpp"

#include "base/fd.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>

#include <doctest/doctest.h>

namespace {

using connectors::Deadline;
using connectors::RuntimeAnswer;
using connectors::RuntimeApi;
using Event = RuntimeApi::Event;

constexpr std::uint64_t kLimit = 6'291'556;

Deadline soon(std::chrono::milliseconds limit = std::chrono::seconds(10)) {
  return std::chrono::steady_clock::now() + limit;
}

// A runtime that sends exactly the bytes of the test.
class Wire {
 public:
  explicit Wire(const RuntimeApi& api) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const std::string address = api.address();
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port =
        htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.find(':') + 1))));
    inet_pton(AF_INET, address.substr(0, address.find(':')).c_str(), &to.sin_addr);
    REQUIRE(::connect(socket_.get(), reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
  }

  void send(const std::string& bytes) const {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const ssize_t count =
          ::send(socket_.get(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) return;
      sent += static_cast<std::size_t>(count);
    }
  }
  void next() const { send("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n"); }
  void post(const std::string& path, const std::string& body,
            const std::string& headers = {}) const {
    send("POST /2018-06-01/runtime/" + path + " HTTP/1.1\r\nHost: x\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  // Head and body of one reply.
  std::string read() const {
    std::string reply;
    std::size_t whole = std::string::npos;
    char bytes[4096];
    while (reply.size() < whole) {
      const ssize_t count = ::recv(socket_.get(), bytes, sizeof bytes, 0);
      if (count <= 0) return reply;
      reply.append(bytes, static_cast<std::size_t>(count));
      const std::size_t head = reply.find("\r\n\r\n");
      const std::size_t length = reply.find("Content-Length: ");
      if (head != std::string::npos && length != std::string::npos)
        whole = head + 4 + std::stoul(reply.substr(length + 16));
    }
    return reply;
  }
  std::string status() const { return read().substr(9, 3); }
  void leave() { socket_.reset(); }

 private:
  base::Fd socket_;
};

std::unique_ptr<RuntimeApi> start(std::uint64_t limit = kLimit) {
  auto api = RuntimeApi::start(limit);
  REQUIRE(api.has_value());
  return std::move(*api);
}

// A runtime that has been given the invocation "id".
Wire running(RuntimeApi& api) {
  Wire wire(api);
  wire.next();
  REQUIRE(api.wait_ready(soon()) == Event::ready);
  api.give({"id", "{}", 1, "arn", "trace"});
  REQUIRE(wire.status() == "200");
  return wire;
}

}  // namespace

TEST_CASE("the Runtime API is a long poll over one kept connection") {
  const auto api = start();
  CHECK(api->address().rfind("127.0.0.1:", 0) == 0);
  const Wire wire(*api);
  wire.next();
  for (int page = 0; page < 3; ++page) {
    REQUIRE(api->wait_ready(soon()) == Event::ready);
    CHECK(api->wait_answer(soon(std::chrono::milliseconds(5))) == Event::timed_out);
    api->give({"id", std::to_string(page), 1, "arn", "trace"});
    const std::string reply = wire.read();
    CHECK(reply.find("Lambda-Runtime-Aws-Request-Id: id\r\n") != std::string::npos);
    CHECK(reply.substr(reply.size() - 1) == std::to_string(page));
    wire.post("invocation/id/response", "page " + std::to_string(page));
    REQUIRE(wire.status() == "202");
    wire.next();
    REQUIRE(api->wait_answer(soon()) == Event::answered);
    CHECK(api->take_answer()->body.view() == "page " + std::to_string(page));
  }
}

TEST_CASE("a chunked response with trailers is joined, and a trailer tells of an error") {
  const auto api = start();
  const Wire wire = running(*api);
  wire.send(
      "POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\nHost: x\r\n"
      "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n"
      "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n"
      "5\r\n{\"a\":\r\n3\r\n10}\r\n0\r\n\r\n");
  CHECK(wire.status() == "202");
  REQUIRE(api->wait_answer(soon()) == Event::answered);
  CHECK(api->take_answer()->body.view() == "{\"a\":10}");

  wire.next();
  REQUIRE(api->wait_ready(soon()) == Event::ready);
  api->give({"two", "{}", 1, "arn", "trace"});
  CHECK(wire.status() == "200");
  wire.send(
      "POST /2018-06-01/runtime/invocation/two/response HTTP/1.1\r\nHost: x\r\n"
      "Transfer-Encoding: chunked\r\nTrailer: Lambda-Runtime-Function-Error-Type\r\n\r\n"
      "4\r\nhalf\r\n0\r\nLambda-Runtime-Function-Error-Type: Stream.Broken\r\n"
      "Lambda-Runtime-Function-Error-Body: e30=\r\n\r\n");
  CHECK(wire.status() == "202");
  REQUIRE(api->wait_answer(soon()) == Event::answered);
  const auto answer = api->take_answer();
  CHECK(answer->kind == RuntimeAnswer::Kind::error);
  CHECK(answer->error_type == "Stream.Broken");
  CHECK(answer->body.view() == "{}");
}

TEST_CASE("the cause of an error for X-Ray may fill a header of 1 MB") {
  const auto api = start();
  const Wire wire = running(*api);
  wire.send(
      "POST /2018-06-01/runtime/invocation/id/error HTTP/1.1\r\nHost: x\r\n"
      "Lambda-Runtime-Function-XRay-Error-Cause: " +
      std::string(1u << 20, 'x') + "\r\nContent-Length: 2\r\n\r\n{}");
  CHECK(wire.status() == "202");
  REQUIRE(api->wait_answer(soon()) == Event::answered);
  CHECK(api->take_answer()->kind == RuntimeAnswer::Kind::error);
}

TEST_CASE("a client that waits for 100 Continue gets it") {
  const auto api = start();
  const Wire wire = running(*api);
  wire.send(
      "POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\nHost: x\r\n"
      "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  std::thread body([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    wire.send("{}");
  });
  const std::string replies = wire.read();
  body.join();
  CHECK(replies.find("HTTP/1.1 100") == 0);
  CHECK(replies.find("HTTP/1.1 202") != std::string::npos);
}

TEST_CASE("6,291,556 bytes pass and one more is refused") {
  const auto api = start();
  const Wire wire = running(*api);
  wire.post("invocation/id/response", std::string(kLimit, 'x'));
  CHECK(wire.status() == "202");
  REQUIRE(api->wait_answer(soon()) == Event::answered);
  CHECK(api->take_answer()->body.size() == kLimit);

  wire.next();
  REQUIRE(api->wait_ready(soon()) == Event::ready);
  api->give({"two", "{}", 1, "arn", "trace"});
  CHECK(wire.status() == "200");
  wire.post("invocation/two/response", std::string(kLimit + 1, 'x'));
  CHECK(wire.status() == "413");
  REQUIRE(api->wait_answer(soon()) == Event::answered);
  const auto answer = api->take_answer();
  CHECK(answer->kind == RuntimeAnswer::Kind::too_large);
  CHECK(answer->bytes == kLimit + 1);
}

TEST_CASE("wrong ids and second answers are refused on the wire") {
  const auto api = start();
  const Wire wire = running(*api);
  wire.post("invocation/other/response", "{}");
  CHECK(wire.status() == "400");
  wire.post("invocation/id/response", "1");
  CHECK(wire.status() == "202");
  wire.post("invocation/id/response", "2");
  CHECK(wire.status() == "403");
  CHECK(api->take_answer()->body.view() == "1");
}

TEST_CASE("an error while loading ends the wait for readiness") {
  const auto api = start();
  const Wire wire(*api);
  wire.post("init/error", "{\"errorType\":\"X\"}");
  CHECK(wire.status() == "202");
  CHECK(api->wait_ready(soon()) == Event::init_failed);
  CHECK(api->take_answer()->kind == RuntimeAnswer::Kind::init_error);
}

TEST_CASE("a runtime that drops its connection and comes back is ready again") {
  const auto api = start();
  Wire first(*api);
  first.next();
  REQUIRE(api->wait_ready(soon()) == Event::ready);
  first.leave();
  const Wire second(*api);
  second.next();
  // Nothing may be given to the connection that is gone.
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  REQUIRE(api->wait_ready(soon()) == Event::ready);
  api->give({"id", "{}", 1, "arn", "trace"});
  CHECK(second.status() == "200");
}

TEST_CASE("the end of the program ends each wait") {
  const auto api = start();
  auto waiting = std::async(std::launch::async, [&] { return api->wait_ready(std::nullopt); });
  api->end();
  CHECK(waiting.get() == Event::ended);
  CHECK(api->wait_answer(std::nullopt) == Event::ended);
}

TEST_CASE("what a program said with its last breath is heard") {
  const auto api = start();
  const Wire wire = running(*api);
  api->end();
  std::thread late([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    wire.post("invocation/id/response", "last words");
  });
  const Event event = api->wait_answer(soon());
  late.join();
  REQUIRE(event == Event::answered);
  CHECK(api->take_answer()->body.view() == "last words");
}
