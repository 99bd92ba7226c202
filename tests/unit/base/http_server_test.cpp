// SPDX-License-Identifier: Apache-2.0
#include "base/http_server.hpp"

#include "process_test_support.hpp"
#include "raw_http_client.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/fsuid.h>
#endif

#include <map>
#include <mutex>
#include <thread>

#include <doctest/doctest.h>

using process_test::eventually;
using process_test::milliseconds;
using process_test::seconds;

namespace {

// A server that keeps what it is asked and answers "/echo…" itself with what it got.
class Server {
 public:
  explicit Server(base::HttpServerOptions options = {}) {
    base::HttpServer::Callbacks callbacks;
    callbacks.on_request = [this](base::HttpTicket ticket, base::HttpRequest request) {
      const std::lock_guard lock(mutex_);
      const bool now = request.target.rfind("/echo", 0) == 0;
      if (now) server_->answer(ticket, echo(request));
      requests_[ticket] = std::move(request);
    };
    callbacks.on_gone = [this](base::HttpTicket ticket) {
      const std::lock_guard lock(mutex_);
      gone_.push_back(ticket);
    };
    auto listening = base::HttpServer::listen(options);
    REQUIRE_MESSAGE(listening.has_value(), listening.error().message);
    server_ = std::move(*listening);
    REQUIRE(server_->serve(std::move(callbacks)).has_value());
  }

  base::HttpServer* operator->() { return server_.get(); }
  std::size_t requests() {
    const std::lock_guard lock(mutex_);
    return requests_.size();
  }
  // The request with that ticket, once it is there.
  base::HttpRequest& wait(base::HttpTicket ticket) {
    REQUIRE(eventually([&] {
      const std::lock_guard lock(mutex_);
      return requests_.count(ticket) != 0;
    }));
    const std::lock_guard lock(mutex_);
    return requests_[ticket];
  }
  std::vector<base::HttpTicket> gone() {
    const std::lock_guard lock(mutex_);
    return gone_;
  }

 private:
  static base::HttpReply echo(const base::HttpRequest& request) {
    return {200,
            {{"X-Method", request.method}, {"X-Body-Bytes", std::to_string(request.body_bytes)}},
            std::string(request.body.view())};
  }

  std::mutex mutex_;
  std::map<base::HttpTicket, base::HttpRequest> requests_;
  std::vector<base::HttpTicket> gone_;
  std::unique_ptr<base::HttpServer> server_;
};

std::string post(std::string_view target, std::string_view body) {
  return "POST " + std::string(target) +
         " HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

}  // namespace

TEST_CASE("http server: many requests on one connection") {
  Server server;
  RawHttpClient client(server->port());
  for (int i = 0; i < 2000; ++i) {
    const std::string body = "request " + std::to_string(i);
    REQUIRE(client.send(post("/echo", body)));
    const auto reply = client.read();
    REQUIRE(reply.status == 200);
    REQUIRE(reply.body == body);
  }
  CHECK(server.requests() == 2000);
}

TEST_CASE("http server: an answer carries its status and headers, and no line end from a value") {
  Server server;
  RawHttpClient client(server->port());
  client.send("GET /next HTTP/1.1\r\n\r\n");
  server.wait(1);
  server->answer(1, {202, {{"X-One", "a\r\nX-Two: b"}, {"X-Three", "c"}}, "{}"});
  const auto reply = client.read();
  CHECK(reply.status == 202);
  CHECK(base::find_header(reply.headers, "X-One") == "a  X-Two: b");
  CHECK(base::find_header(reply.headers, "X-Two") == "");
  CHECK(base::find_header(reply.headers, "x-three") == "c");
  CHECK(reply.body == "{}");
}

TEST_CASE("http server: a long poll is answered late, from another thread") {
  Server server;
  RawHttpClient poller(server->port());
  RawHttpClient other(server->port());
  poller.send("GET /next HTTP/1.1\r\n\r\n");
  server.wait(1);
  // Meanwhile others are served.
  other.send(post("/echo", "x"));
  CHECK(other.read().body == "x");
  std::thread late([&] {
    std::this_thread::sleep_for(milliseconds(100));
    server->answer(1, {200, {}, "event"});
  });
  CHECK(poller.read().body == "event");
  late.join();
  server->answer(1, {500, {}, "twice"});
  server->answer(77, {500, {}, "unknown"});
  server->answer(0, {500, {}, "unknown"});
  poller.send(post("/echo", "next"));
  CHECK(poller.read().body == "next");
}

TEST_CASE("http server: chunks and trailers arrive as one request") {
  Server server;
  RawHttpClient client(server->port());
  client.send("POST /response HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTrailer: X-Error\r\n\r\n");
  client.send("5\r\nhello\r\n");
  client.send("6\r\n world\r\n0\r\nX-Error: Broken\r\n\r\n");
  const auto& request = server.wait(1);
  CHECK(request.body.view() == "hello world");
  CHECK(request.header("x-error") == "Broken");
}

TEST_CASE("http server: a client that waits for 100 Continue gets it before its body") {
  Server server;
  RawHttpClient client(server->port());
  for (int i = 0; i < 2; ++i) {
    client.send("POST /echo HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    CHECK(client.read().status == 100);
    client.send("body");
    CHECK(client.read().body == "body");
  }
}

TEST_CASE("http server: pipelined requests are answered one after the other") {
  Server server;
  RawHttpClient client(server->port());
  std::string text;
  for (int i = 0; i < 200; ++i) text += post("/echo", std::to_string(i));
  REQUIRE(client.send("GET /slow HTTP/1.1\r\n\r\n" + text));
  server.wait(1);
  CHECK(server.requests() == 1);
  server->answer(1, {200, {}, "first"});
  CHECK(client.read().body == "first");
  for (int i = 0; i < 200; ++i) REQUIRE(client.read().body == std::to_string(i));
}

TEST_CASE("http server: HEAD has the length but no body, 204 has neither") {
  Server server;
  RawHttpClient client(server->port());
  client.send("HEAD /head HTTP/1.1\r\n\r\n");
  server.wait(1);
  server->answer(1, {200, {}, "four"});
  const auto head = client.read(false);
  CHECK(head.status == 200);
  CHECK(base::find_header(head.headers, "Content-Length") == "4");
  client.send("GET /none HTTP/1.1\r\n\r\n");
  server.wait(2);
  server->answer(2, {204, {}, "ignored"});
  const auto none = client.read();
  CHECK(none.status == 204);
  CHECK(base::find_header(none.headers, "Content-Length") == "");
  client.send(post("/echo", "still in step"));
  CHECK(client.read().body == "still in step");
}

TEST_CASE("http server: the client of an unanswered request goes away") {
  Server server;
  RawHttpClient stays(server->port());
  stays.send("GET /next HTTP/1.1\r\n\r\n");
  server.wait(1);
  RawHttpClient leaves(server->port());
  leaves.send("GET /next HTTP/1.1\r\n\r\n");
  server.wait(2);
  SUBCASE("in an orderly way") {
    leaves.close();
  }
  SUBCASE("with a reset") {
    leaves.break_off();
  }
  SUBCASE("with more requests than are read ahead") {
    leaves.send(std::string(400'000, 'x'));
    std::this_thread::sleep_for(milliseconds(50));
    leaves.break_off();
  }
  CHECK(eventually([&] { return !server.gone().empty(); }));
  CHECK(server.gone() == std::vector<base::HttpTicket>{2});
  server->answer(2, {200, {}, "for nobody"});
  server->answer(1, {200, {}, "event"});
  CHECK(stays.read().body == "event");
}

TEST_CASE("http server: a client that only closed its sending side gets its answer") {
  Server server;
  RawHttpClient client(server->port());
  client.send(post("/echo", "one") + post("/echo", "two"));
  client.half_close();
  CHECK(client.read().body == "one");
  CHECK(client.read().body == "two");
  CHECK(client.at_end());
}

TEST_CASE("http server: a client that leaves in the middle of a request is no request") {
  Server server;
  RawHttpClient client(server->port());
  client.send("POST /echo HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc");
  client.close();
  RawHttpClient other(server->port());
  other.send(post("/echo", "x"));
  CHECK(other.read().body == "x");
  CHECK(server.requests() == 1);
  CHECK(server.gone().empty());
}

TEST_CASE("http server: large bodies both ways") {
  base::HttpServerOptions options;
  options.max_body = 200u << 20;
  Server server(options);
  RawHttpClient client(server->port());
  std::string body(100u << 20, 'x');
  for (std::size_t i = 0; i < body.size(); i += 997) body[i] = static_cast<char>('a' + i % 26);
  REQUIRE(client.send(post("/echo", body)));
  const auto reply = client.read();
  CHECK(reply.body.size() == body.size());
  CHECK(reply.body == body);
}

TEST_CASE("http server: a large chunked body") {
  Server server;
  RawHttpClient client(server->port());
  const std::string chunk(100'000, 'x');
  client.send("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 100; ++i) REQUIRE(client.send("186A0\r\n" + chunk + "\r\n"));
  client.send("0\r\n\r\n");
  CHECK(client.read().body == std::string(10'000'000, 'x'));
}

TEST_CASE("http server: a body over the limit is drained and counted") {
  base::HttpServerOptions options;
  options.max_body = 1000;
  Server server(options);
  RawHttpClient client(server->port());
  for (const std::size_t size : {std::size_t{1001}, std::size_t{20'000'000}, std::size_t{1000}}) {
    REQUIRE(client.send(post("/echo", std::string(size, 'x'))));
    const auto reply = client.read();
    CHECK(base::find_header(reply.headers, "X-Body-Bytes") == std::to_string(size));
    CHECK(reply.body.size() == 1000);
  }
  CHECK(server.wait(1).body_too_large);
  CHECK_FALSE(server.wait(3).body_too_large);
}

TEST_CASE("http server: what is no request is refused and the connection closed") {
  Server server;
  RawHttpClient client(server->port());
  int expected = 0;
  SUBCASE("garbage") {
    client.send(std::string("\x16\x03\x01garbage\r\n\r\n"));
    expected = 400;
  }
  SUBCASE("a head without end") {
    client.send("GET / HTTP/1.1\r\nA: " + std::string(10u << 20, 'x'));
    expected = 431;
  }
  const auto reply = client.read();
  CHECK(reply.status == expected);
  CHECK(base::find_header(reply.headers, "Connection") == "close");
  CHECK(reply.body.rfind("cannot read the request: ", 0) == 0);
  CHECK(client.at_end());
  CHECK(server.requests() == 0);
}

TEST_CASE("http server: the connection closes after the answer when the client wants that") {
  Server server;
  RawHttpClient client(server->port());
  client.send("GET /echo HTTP/1.0\r\n\r\n");
  const auto reply = client.read();
  CHECK(reply.status == 200);
  CHECK(base::find_header(reply.headers, "Connection") == "close");
  CHECK(client.at_end());
}

TEST_CASE("http server: dropping the connections and ending the server") {
  auto server = std::make_unique<Server>();
  RawHttpClient one((*server)->port());
  one.send("GET /next HTTP/1.1\r\n\r\n");
  server->wait(1);
  (*server)->drop_connections();
  CHECK(one.at_end());
  CHECK(server->gone().empty());
  RawHttpClient two((*server)->port());
  two.send("GET /next HTTP/1.1\r\n\r\n");
  server->wait(2);
  const std::uint16_t port = (*server)->port();
  server.reset();
  CHECK(two.at_end());
  CHECK_THROWS(RawHttpClient(port));
}

TEST_CASE("http server: many clients at once") {
  Server server;
  std::atomic<int> good = 0;
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&, c] {
      RawHttpClient client(server->port());
      for (int i = 0; i < 100; ++i) {
        const std::string body(static_cast<std::size_t>(c * 1000 + i), 'x');
        if (client.send(post("/echo", body)) && client.read().body == body) ++good;
      }
    });
  }
  for (auto& client : clients) client.join();
  CHECK(good == 800);
}

TEST_CASE("http server: it outlasts a moment without file descriptors") {
  Server server;
  RawHttpClient before(server->port());
  before.send(post("/echo", "x"));
  CHECK(before.read().body == "x");
  std::vector<base::Fd> all;
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  const rlimit small = {256, limit.rlim_max};
  setrlimit(RLIMIT_NOFILE, &small);
  for (base::Fd fd = base::open_file("/dev/null", O_RDONLY); fd;
       fd = base::open_file("/dev/null", O_RDONLY)) {
    all.push_back(std::move(fd));
  }
  all.pop_back();
  RawHttpClient after(server->port());  // takes the last one, so that the server finds none
  after.send(post("/echo", "later"));
  before.send(post("/echo", "y"));
  CHECK(before.read().body == "y");
  all.clear();
  setrlimit(RLIMIT_NOFILE, &limit);
  CHECK(after.read().body == "later");
}

#ifdef __linux__

namespace {

// A client of another user than the server answers. Root makes a socket for somebody else; who is
// not root talks to a server that is for somebody else.
struct Stranger {
  Stranger() {
    const uid_t us = ::geteuid();
    options.only_user = us == 0 ? 1 : us + 1;
    server = std::make_unique<Server>(options);
    if (us == 0) setfsuid(65534);
    client = std::make_unique<RawHttpClient>((*server)->port());
    setfsuid(us);
    number = us == 0 ? 65534 : us;
  }
  base::HttpServerOptions options;
  std::unique_ptr<Server> server;
  std::unique_ptr<RawHttpClient> client;
  uid_t number = 0;
};

}  // namespace

TEST_CASE("http server: another user's program is refused, and no callback hears of it") {
  Stranger stranger;
  std::string text = post("/echo", "x");
  SUBCASE("with one request") {}
  SUBCASE("with several") {
    text += text;
  }
  SUBCASE("with a body over what is kept") {
    text = post("/echo", std::string(5'000'000, 'x'));
  }
  stranger.client->send(text);
  const auto reply = stranger.client->read();
  CHECK(reply.status == 403);
  CHECK(reply.body == "fivetran-sim answers only programs of the user who started it (uid " +
                          std::to_string(*stranger.options.only_user) +
                          "), and this one runs as uid " + std::to_string(stranger.number) +
                          " (run it as uid " + std::to_string(*stranger.options.only_user) + ")\n");
  CHECK(base::find_header(reply.headers, "Connection") == "close");
  CHECK(stranger.client->at_end());
  CHECK(stranger.server->requests() == 0);
}

TEST_CASE("http server: another user's program does not keep a connection by saying nothing") {
  Stranger stranger;
  stranger.client->send("GET /ec");
  CHECK(stranger.client->at_end());
  CHECK(stranger.server->requests() == 0);
}

TEST_CASE("http server: who closes at once is not taken for root") {
  base::HttpServerOptions options;
  options.only_user = ::geteuid();
  auto listening = base::HttpServer::listen(options).value();
  std::atomic<int> heard = 0;
  {
    RawHttpClient client(listening->port());
    client.send(post("/echo", "x"));
  }
  base::HttpServer::Callbacks callbacks;
  callbacks.on_request = [&](base::HttpTicket ticket, const base::HttpRequest&) {
    ++heard;
    listening->answer(ticket, {200, {}, "good"});
  };
  REQUIRE(listening->serve(std::move(callbacks)).has_value());
  RawHttpClient after(listening->port());
  after.send(post("/echo", "x"));
  CHECK(after.read().body == "good");
  CHECK(heard == 1);
}

#endif

TEST_CASE("http server: a web page's request is refused, and no callback hears of it") {
  Server server;
  for (const char* header :
       {"Origin: https://evil.example", "Sec-Fetch-Site: cross-site", "Host: evil.example:80"}) {
    CAPTURE(header);
    RawHttpClient client(server->port());
    client.send("POST /echo HTTP/1.1\r\nContent-Length: 2\r\n" + std::string(header) +
                "\r\n\r\n{}");
    const auto reply = client.read();
    CHECK(reply.status == 403);
    CHECK(reply.body.rfind("fivetran-sim answers ", 0) == 0);
    CHECK(client.at_end());
  }
  CHECK(server.requests() == 0);
}

TEST_CASE("http server: a port that is taken") {
  Server server;
  base::HttpServerOptions options;
  options.port = server->port();
  const auto second = base::HttpServer::listen(options);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().kind == base::ErrorKind::environment);
  CHECK(second.error().message == "cannot listen on 127.0.0.1:" + std::to_string(options.port) +
                                      ": another program uses the port (choose another one)");
}
