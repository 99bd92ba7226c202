// SPDX-License-Identifier: Apache-2.0
#include "base/http_client.hpp"

#include "base/http_server.hpp"
#include "process_test_support.hpp"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

using process_test::milliseconds;
using process_test::seconds;

namespace {

// A server whose every request goes to one function on the server's thread.
class Server {
 public:
  using Answer = std::function<void(base::HttpServer&, base::HttpTicket, base::HttpRequest)>;

  explicit Server(Answer answer, base::HttpServerOptions options = {}) {
    base::HttpServer::Callbacks callbacks;
    callbacks.on_request = [this, answer = std::move(answer)](base::HttpTicket ticket,
                                                              base::HttpRequest request) {
      ++requests;
      answer(*server_, ticket, std::move(request));
    };
    server_ = std::move(base::HttpServer::listen(options).value());
    REQUIRE(server_->serve(std::move(callbacks)).has_value());
  }

  std::string url(const std::string& path = "/") const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + path;
  }

  std::atomic<int> requests = 0;

 private:
  std::unique_ptr<base::HttpServer> server_;
};

void echo(base::HttpServer& server, base::HttpTicket ticket, base::HttpRequest request) {
  server.answer(ticket, {200,
                         {{"X-Method", request.method},
                          {"X-Target", request.target},
                          {"X-Type", std::string(request.header("Content-Type"))},
                          {"X-Key", std::string(request.header("x-functions-key"))},
                          {"X-Expect", std::string(request.header("Expect"))}},
                         std::string(request.body.view())});
}

base::HttpCall call_to(const std::string& url, std::string_view body = "{}") {
  base::HttpCall call;
  call.url = url;
  call.body = body;
  call.timeout = seconds(30);
  return call;
}

base::HttpAnswer send(base::HttpClient& client, const base::HttpCall& call) {
  auto answer = client.send(call);
  REQUIRE_MESSAGE(answer.has_value(), answer.error().message);
  return std::move(*answer);
}

// A port on which nobody listens: it was free a moment ago.
std::string dead_url() {
  const Server server(echo);
  return server.url();
}

}  // namespace

TEST_CASE("http client: a request arrives as it was given, many over one connection") {
  Server server(echo);
  base::HttpClient client;
  auto call = call_to(server.url("/path?a=b"), "{\"state\":{}}");
  call.headers = {{"Content-Type", "application/json"}, {"x-functions-key", "k"}};
  for (int i = 0; i < 100; ++i) {
    const auto answer = send(client, call);
    REQUIRE_MESSAGE(answer.failure == base::HttpFailure::none, answer.failure_text);
    REQUIRE(answer.status == 200);
    REQUIRE(answer.body.view() == call.body);
    REQUIRE(answer.header("x-method") == "POST");
    REQUIRE(answer.header("x-target") == "/path?a=b");
    REQUIRE(answer.header("x-type") == "application/json");
    REQUIRE(answer.header("x-key") == "k");
  }
}

TEST_CASE("http client: nothing is added that the server would act on") {
  Server server(echo);
  base::HttpClient client;
  const std::string large(3 << 20, 'x');
  const auto answer = send(client, call_to(server.url(), large));
  CHECK(answer.header("X-Type") == "");
  CHECK(answer.header("X-Expect") == "");
  CHECK(answer.body.view() == large);
}

TEST_CASE("http client: methods, with and without a body") {
  Server server(echo);
  base::HttpClient client;
  for (const std::string method : {"GET", "PUT", "DELETE", "POST", "HEAD"}) {
    auto call = call_to(server.url(), "");
    call.method = method;
    const auto answer = send(client, call);
    CHECK_MESSAGE(answer.failure == base::HttpFailure::none, answer.failure_text);
    CHECK(answer.header("X-Method") == method);
    CHECK(answer.body.empty());
  }
  auto put = call_to(server.url(), "content");
  put.method = "PUT";
  CHECK(send(client, put).header("X-Method") == "PUT");
  CHECK(send(client, put).body.view() == "content");
}

TEST_CASE("http client: any status is an answer, and a redirect is not followed") {
  Server server([](base::HttpServer& self, base::HttpTicket ticket, const base::HttpRequest&) {
    self.answer(ticket, {302, {{"Location", "/elsewhere"}}, "moved"});
  });
  base::HttpClient client;
  const auto answer = send(client, call_to(server.url()));
  CHECK(answer.failure == base::HttpFailure::none);
  CHECK(answer.status == 302);
  CHECK(answer.body.view() == "moved");
  CHECK(server.requests == 1);
}

TEST_CASE("http client: nobody listens") {
  base::HttpClient client;
  const auto answer = send(client, call_to(dead_url()));
  CHECK(answer.failure == base::HttpFailure::could_not_connect);
  CHECK_FALSE(answer.may_have_run);
  CHECK(answer.failure_text.find("connection refused (is the server running?)") !=
        std::string::npos);
}

TEST_CASE("http client: no such host") {
  base::HttpClient client;
  const auto answer = send(client, call_to("http://no-such-host.invalid/"));
  CHECK(answer.failure == base::HttpFailure::could_not_connect);
  CHECK_FALSE(answer.may_have_run);
}

TEST_CASE("http client: a plain server where TLS is expected") {
  Server server(echo);
  base::HttpClient client;
  const auto answer = send(client, call_to("https" + server.url().substr(4)));
  CHECK(answer.failure == base::HttpFailure::tls);
  CHECK_FALSE(answer.may_have_run);
  CHECK(answer.failure_text.rfind("cannot trust https://127.0.0.1:", 0) == 0);
}

TEST_CASE("http client: no answer in time") {
  Server server([](base::HttpServer&, base::HttpTicket, const base::HttpRequest&) {});
  base::HttpClient client;
  auto call = call_to(server.url("/slow?code=secret"));
  call.timeout = milliseconds(200);
  const auto answer = send(client, call);
  CHECK(answer.failure == base::HttpFailure::timed_out);
  CHECK(answer.may_have_run);
  CHECK(answer.failure_text == "no answer from " + server.url("/slow") + " within 0.20s");
}

TEST_CASE("http client: the bell ends a call at once") {
  Server server([](base::HttpServer&, base::HttpTicket, const base::HttpRequest&) {});
  base::HttpClient client;
  auto bell = base::Bell::make();
  REQUIRE(bell.has_value());
  auto call = call_to(server.url());
  call.stop = &*bell;
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(100));
    bell->ring();
  });
  const auto begin = process_test::Clock::now();
  const auto answer = send(client, call);
  other.join();
  CHECK(answer.failure == base::HttpFailure::stopped);
  CHECK(answer.may_have_run);
  CHECK(process_test::Clock::now() - begin < seconds(10));
}

TEST_CASE("http client: a request is never sent twice") {
  // The server answers the first call and hangs up on the second, which came over the same
  // connection. libcurl on its own would now send it again.
  Server server([count = 0](base::HttpServer& self, base::HttpTicket ticket,
                            base::HttpRequest request) mutable {
    if (++count == 2) return self.drop_connections();
    echo(self, ticket, std::move(request));
  });
  base::HttpClient client;
  std::string body;
  SUBCASE("small") {
    body = "{}";
  }
  SUBCASE("large") {
    body = std::string(3 << 20, 'x');
  }
  CHECK(send(client, call_to(server.url(), body)).status == 200);
  const auto answer = send(client, call_to(server.url(), body));
  CHECK(answer.failure == base::HttpFailure::broken);
  CHECK(answer.may_have_run);
  CHECK(server.requests == 2);
  CHECK(send(client, call_to(server.url(), body)).status == 200);
  CHECK(server.requests == 3);
}

TEST_CASE("http client: an answer over the limit is cut") {
  Server server(echo);
  base::HttpClient client;
  auto call = call_to(server.url());
  const std::string body(1'000'000, 'x');
  call.body = body;
  call.max_body = 999'999;
  const auto cut = send(client, call);
  CHECK(cut.body_too_large);
  CHECK(cut.failure == base::HttpFailure::none);
  CHECK(cut.body.size() == 999'999);
  call.max_body = 1'000'000;
  const auto fits = send(client, call);
  CHECK_FALSE(fits.body_too_large);
  CHECK(fits.body.size() == 1'000'000);
}

TEST_CASE("http client: what is no URL") {
  base::HttpClient client;
  for (const std::string url : {"", "http://", "ftp://host/", "host/path", "http://a b/"}) {
    CAPTURE(url);
    const auto answer = client.send(call_to(url));
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == base::ErrorKind::usage);
    CHECK(answer.error().message.rfind("cannot use the URL " + url + ": ", 0) == 0);
  }
}

TEST_CASE("http client: secrets of a URL are not shown") {
  CHECK(base::shown_url("https://u:p@host:1/a/b?code=x#y") == "https://host:1/a/b");
  CHECK(base::shown_url("https://host") == "https://host");
  CHECK(base::shown_url("https://host?code=x@y") == "https://host");
  CHECK(base::shown_url("host/a@b") == "host/a@b");
}
