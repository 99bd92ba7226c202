// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"
#include "base/http_headers.hpp"
#include "base/padded_buffer.hpp"
#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace base {

// One request to make.
struct HttpCall {
  std::string method = "POST";
  std::string url;  // http or https
  HttpHeaders headers;
  std::string_view body;
  std::chrono::milliseconds timeout{0};               // for the whole call; 0: none
  std::chrono::milliseconds connect_timeout{10'000};  // for the connection alone
  std::uint64_t max_body = UINT64_MAX;                // a larger answer is cut and broken off
  std::string ca_file;         // certificates to trust instead of the system's; empty: those
  const Bell* stop = nullptr;  // ring it from any thread to break off
};

enum class HttpFailure {
  none,               // there is an answer, whatever its status
  could_not_connect,  // no such host, refused, no connection in time
  tls,                // the certificate or the handshake
  timed_out,          // connected, but no full answer in time
  broken,             // the connection ended without a full answer, or it was no HTTP
  stopped,            // HttpCall::stop rang
};

struct HttpAnswer {
  HttpFailure failure = HttpFailure::none;
  std::string failure_text;  // "cannot reach http://localhost:8080: connection refused (…)"
  // The other side may have acted on the request, so it must not be sent again. False only when
  // it surely did not get it.
  bool may_have_run = true;
  int status = 0;
  HttpHeaders headers;
  PaddedBuffer body;
  bool body_too_large = false;  // cut at HttpCall::max_body
  std::string_view header(std::string_view name) const { return find_header(headers, name); }
};

// A client that keeps its connections over calls. Redirects are not followed, certificates are
// checked, proxies are taken from the environment except for loopback hosts, and no request is ever
// sent twice. A request without a body gets a connection of its own. For one thread at a time.
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Error (usage): the URL is none. Everything else that goes wrong is an answer with `failure`.
  Result<HttpAnswer> send(const HttpCall& call);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The URL without user, password, query and fragment, which may hold secrets; for messages.
std::string shown_url(std::string_view url);

}  // namespace base
