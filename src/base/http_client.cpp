// SPDX-License-Identifier: Apache-2.0
#include "base/http_client.hpp"

#include "base/curl_api.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/core.h>

namespace base {
namespace {

// Only where `send` has found it to be there.
const CurlApi& curl() {
  return *curl_api();
}

struct Free {
  void operator()(CURL* easy) const { curl().easy_cleanup(easy); }
  void operator()(CURLU* url) const { curl().url_cleanup(url); }
  void operator()(curl_slist* list) const { curl().slist_free_all(list); }
};
struct FreeMulti {
  void operator()(CURLM* multi) const { curl().multi_cleanup(multi); }
};

using HeaderList = std::unique_ptr<curl_slist, Free>;

// One call while it runs; curl's callbacks get it.
struct Exchange {
  const HttpCall& call;
  CURL* easy;
  HttpAnswer answer;
  std::size_t sent = 0;  // bytes of the body that curl has taken
};

std::size_t give_body(char* to, std::size_t size, std::size_t count, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  const std::string_view rest = exchange.call.body.substr(exchange.sent);
  const std::size_t given = rest.copy(to, size * count);
  exchange.sent += given;
  return given;
}

// curl sends a request again by itself when a kept connection ends without an answer. But the first
// one may have run, so it is told that the body cannot be had twice; it then ends with
// CURLE_SEND_FAIL_REWIND. https://curl.se/libcurl/c/CURLOPT_SEEKFUNCTION.html
int refuse_rewind(void* context, curl_off_t offset, int origin) {
  const auto& exchange = *static_cast<const Exchange*>(context);
  return offset == 0 && origin == SEEK_SET && exchange.sent == 0 ? CURL_SEEKFUNC_OK
                                                                 : CURL_SEEKFUNC_FAIL;
}

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  PaddedBuffer& body = exchange.answer.body;
  const std::size_t got = size * count;
  const std::uint64_t room = exchange.call.max_body - body.size();
  if (body.empty()) {
    curl_off_t length = 0;
    curl().easy_getinfo(exchange.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    constexpr std::uint64_t kMostAtOnce = 64u << 20;  // a server may claim any length
    const std::uint64_t expected = length > 0 ? static_cast<std::uint64_t>(length) : 0;
    body.prepare(static_cast<std::size_t>(std::min({expected, room, kMostAtOnce})));
  }
  body.append({bytes, static_cast<std::size_t>(std::min<std::uint64_t>(got, room))});
  exchange.answer.body_too_large = got > room;
  return got > room ? 0 : got;
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* context) {
  HttpHeaders& headers = static_cast<Exchange*>(context)->answer.headers;
  const std::string_view line(bytes, size * count);
  const std::size_t colon = line.find(':');
  if (line.substr(0, 5) == "HTTP/") {
    headers.clear();  // what came before belonged to an interim answer such as 100 Continue
  } else if (colon != std::string_view::npos) {
    const std::string_view value = line.substr(colon + 1, line.find_first_of("\r\n") - colon - 1);
    headers.emplace_back(line.substr(0, colon), trim_blanks(value));
  }
  return size * count;
}

Result<std::string> host_of(const std::string& text) {
  const auto bad = [&text](std::string_view why) {
    return fail(ErrorKind::usage, fmt::format("cannot use the URL {}: {} (write http://HOST/PATH "
                                              "or https://HOST/PATH)",
                                              shown_url(text), why));
  };
  const std::unique_ptr<CURLU, Free> url(curl().url());
  if (curl().url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    return bad("it is not complete or holds characters that must be encoded");
  }
  char* scheme = nullptr;
  char* host = nullptr;
  curl().url_get(url.get(), CURLUPART_SCHEME, &scheme, 0);
  curl().url_get(url.get(), CURLUPART_HOST, &host, 0);
  const std::string scheme_text = scheme != nullptr ? scheme : "";
  std::string host_text = host != nullptr ? host : "";
  curl().free(scheme);
  curl().free(host);
  if (scheme_text != "http" && scheme_text != "https") return bad("its scheme is not known here");
  return host_text;
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "[::1]" || host.substr(0, 4) == "127.";
}

HeaderList header_list(const HttpCall& call) {
  HeaderList list;
  const auto add = [&list](const std::string& line) {
    curl_slist* longer = curl().slist_append(list.get(), line.c_str());
    if (longer == nullptr) return;
    static_cast<void>(list.release());
    list.reset(longer);
  };
  for (const auto& [name, value] : call.headers) {
    add(value.empty() ? fmt::format("{};", name)
                      : fmt::format("{}: {}", name, value));  // "Name:" would remove it
  }
  // Two headers that curl adds by itself: one costs a round trip, the other would be wrong.
  if (find_header(call.headers, "Expect").empty()) add("Expect:");
  if (find_header(call.headers, "Content-Type").empty()) add("Content-Type:");
  return list;
}

void set_method(CURL* easy, const HttpCall& call) {
  if (call.method == "HEAD") {
    curl().easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else if (!call.body.empty() || call.method == "POST" || call.method == "PUT") {
    curl().easy_setopt(easy, CURLOPT_POST, 1L);
    curl().easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(call.body.size()));
  }
  if (call.method != "HEAD") curl().easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call.method.c_str());
}

void set_limits(CURL* easy, const HttpCall& call) {
  constexpr long kPiece = 256 << 10;
  curl().easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(call.timeout.count()));
  curl().easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(call.connect_timeout.count()));
  curl().easy_setopt(easy, CURLOPT_BUFFERSIZE, kPiece);
  curl().easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, kPiece);
  // A request without a body could be sent twice over a kept connection, see refuse_rewind.
  curl().easy_setopt(easy, CURLOPT_FRESH_CONNECT, call.body.empty() ? 1L : 0L);
  curl().easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);  // a long call over a NAT that forgets
  curl().easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl().easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl().easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl().easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

void set_callbacks(Exchange& exchange) {
  CURL* easy = exchange.easy;
  curl().easy_setopt(easy, CURLOPT_READFUNCTION, &give_body);
  curl().easy_setopt(easy, CURLOPT_READDATA, &exchange);
  curl().easy_setopt(easy, CURLOPT_SEEKFUNCTION, &refuse_rewind);
  curl().easy_setopt(easy, CURLOPT_SEEKDATA, &exchange);
  curl().easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take_body);
  curl().easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
  curl().easy_setopt(easy, CURLOPT_HEADERFUNCTION, &take_header);
  curl().easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
}

bool was_connected(CURL* easy) {
  curl_off_t when = 0;
  curl().easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &when);
  return when > 0;
}

void set_failure(HttpAnswer& answer, HttpFailure failure, std::string text) {
  answer.failure = failure;
  answer.failure_text = std::move(text);
  answer.may_have_run = failure != HttpFailure::could_not_connect && failure != HttpFailure::tls;
}

std::string os_error(CURL* easy, const std::string& otherwise) {
  long error = 0;
  curl().easy_getinfo(easy, CURLINFO_OS_ERRNO, &error);
  return error != 0 ? errno_text(static_cast<int>(error)) : otherwise;
}

std::string words_for(std::chrono::milliseconds duration) {
  return human_duration(std::chrono::duration_cast<std::chrono::microseconds>(duration));
}

void explain(Exchange& exchange, CURLcode code, std::string_view details) {
  const HttpCall& call = exchange.call;
  HttpAnswer& answer = exchange.answer;
  const std::string where = shown_url(call.url);
  const std::string why(details.empty() ? std::string_view(curl().easy_strerror(code)) : details);
  switch (code) {
    case CURLE_OK: break;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      set_failure(
          answer, HttpFailure::could_not_connect,
          fmt::format("cannot reach {}: there is no such host (is the name right?)", where));
      break;
    case CURLE_COULDNT_CONNECT:
      set_failure(answer, HttpFailure::could_not_connect,
                  fmt::format("cannot reach {}: {} (is the server running?)", where,
                              os_error(exchange.easy, why)));
      break;
    case CURLE_OPERATION_TIMEDOUT:
      if (was_connected(exchange.easy)) {
        set_failure(answer, HttpFailure::timed_out,
                    fmt::format("no answer from {} within {}", where, words_for(call.timeout)));
      } else {
        set_failure(answer, HttpFailure::could_not_connect,
                    fmt::format("cannot reach {}: no connection in time", where));
      }
      break;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      set_failure(answer, HttpFailure::tls, fmt::format("cannot trust {}: {}", where, why));
      break;
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_GOT_NOTHING:
      set_failure(answer, HttpFailure::broken,
                  fmt::format("{} closed the connection without an answer", where));
      break;
    default:
      set_failure(answer, HttpFailure::broken,
                  fmt::format("the answer of {} broke off: {}", where, why));
  }
}

}  // namespace

struct HttpClient::Impl {
  std::unique_ptr<CURLM, FreeMulti> multi;
  std::unique_ptr<CURL, Free> easy;  // destroyed before `multi`

  CURLcode perform(const Bell* stop, bool& stopped);
};

// As curl_easy_perform, but the bell ends it at once.
CURLcode HttpClient::Impl::perform(const Bell* stop, bool& stopped) {
  curl().multi_add_handle(multi.get(), easy.get());
  CURLcode result = CURLE_OK;
  int running = 1;
  while (running != 0 && !stopped) {
    if (curl().multi_perform(multi.get(), &running) != CURLM_OK) result = CURLE_FAILED_INIT;
    if (running == 0 || result != CURLE_OK) break;
    constexpr int kLongest = 60'000;  // curl itself wakes up earlier for its own time limits
    curl_waitfd bell = {stop != nullptr ? stop->fd() : -1, CURL_WAIT_POLLIN, 0};
    curl().multi_poll(multi.get(), &bell, stop != nullptr ? 1 : 0, kLongest, nullptr);
    stopped = stop != nullptr && bell.revents != 0;
  }
  int left = 0;
  while (const CURLMsg* message = curl().multi_info_read(multi.get(), &left)) {
    if (message->msg == CURLMSG_DONE) result = message->data.result;
  }
  curl().multi_remove_handle(multi.get(), easy.get());
  return result;
}

HttpClient::HttpClient() : impl_(std::make_unique<Impl>()) {
  if (curl_api() == nullptr) return;
  impl_->multi.reset(curl().multi_init());
  impl_->easy.reset(curl().easy_init());
}

HttpClient::~HttpClient() = default;

Result<HttpAnswer> HttpClient::send(const HttpCall& call) {
  if (curl_api() == nullptr)
    return fail(ErrorKind::environment,
                fmt::format("cannot call {}: libcurl 7.66 or later is not installed (apt-get "
                            "install libcurl4   or   brew install curl)",
                            shown_url(call.url)));
  FSIM_ASSIGN(const std::string host, host_of(call.url));
  CURL* easy = impl_->easy.get();
  if (easy == nullptr) return fail(ErrorKind::internal, "cannot start libcurl: out of memory");
  curl().easy_reset(easy);
  Exchange exchange{call, easy, {}, 0};
  const HeaderList headers = header_list(call);
  char details[CURL_ERROR_SIZE] = "";
  curl().easy_setopt(easy, CURLOPT_URL, call.url.c_str());
  curl().easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
  curl().easy_setopt(easy, CURLOPT_ERRORBUFFER, details);
  if (is_loopback(host)) curl().easy_setopt(easy, CURLOPT_PROXY, "");
  if (!call.ca_file.empty()) curl().easy_setopt(easy, CURLOPT_CAINFO, call.ca_file.c_str());
  set_method(easy, call);
  set_limits(easy, call);
  set_callbacks(exchange);
  bool stopped = false;
  const CURLcode code = impl_->perform(call.stop, stopped);
  HttpAnswer& answer = exchange.answer;
  long status = 0;
  curl().easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  if (stopped) {
    set_failure(answer, HttpFailure::stopped, "stopped while waiting for " + shown_url(call.url));
  } else if (!answer.body_too_large) {
    explain(exchange, code, details);
  }
  return std::move(answer);
}

std::string shown_url(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t scheme_end = url.find("://");
  const std::size_t host = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
  const std::string_view authority = url.substr(host, url.find('/', host) - host);
  const std::size_t user_end = authority.rfind('@');
  if (user_end == std::string_view::npos) return std::string(url);
  return std::string(url.substr(0, host)) + std::string(url.substr(host + user_end + 1));
}

}  // namespace base
