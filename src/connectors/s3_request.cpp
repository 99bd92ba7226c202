// SPDX-License-Identifier: Apache-2.0
#include "connectors/s3_request.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace connectors {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text, bool plus_is_blank) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '%' && at + 2 < text.size() && digit(text[at + 1]) >= 0 &&
                        digit(text[at + 2]) >= 0;
    if (escape) {
      plain += static_cast<char>(digit(text[at + 1]) * 16 + digit(text[at + 2]));
      at += 2;
    } else {
      plain += plus_is_blank && text[at] == '+' ? ' ' : text[at];
    }
  }
  return plain;
}

void read_query(std::string_view text, S3Request& request) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    if (pair.empty()) continue;
    request.query[decoded(pair.substr(0, equals), true)] =
        equals == pair.npos ? "" : decoded(pair.substr(equals + 1), true);
  }
}

// The bucket in front of a host name: "b" of "b.s3.localhost:9000" and "b.localhost".
std::string bucket_of_host(std::string_view host) {
  host = host.substr(0, host.find(':'));
  constexpr std::string_view kLocal = ".localhost";
  if (!host.ends_with(kLocal)) return {};
  host.remove_suffix(kLocal.size());
  if (host == "s3") return {};
  if (const std::size_t service = host.rfind(".s3"); service != host.npos)
    host = host.substr(0, service);
  return std::string(host);
}

bool is_chunked(const base::HttpRequest& request) {
  return base::header_has_token(request.headers, "Content-Encoding", "aws-chunked") ||
         request.header("x-amz-content-sha256").starts_with("STREAMING-");
}

}  // namespace

std::string S3Request::parameter(std::string_view name) const {
  const auto found = query.find(name);
  return found == query.end() ? "" : found->second;
}

std::optional<S3Request> read_s3_request(base::HttpRequest request) {
  S3Request read;
  read.method = request.method;
  std::string_view path = request.target;
  if (const std::size_t mark = path.find('?'); mark != path.npos) {
    read_query(path.substr(mark + 1), read);
    path = path.substr(0, mark);
  }
  if (path.starts_with('/')) path.remove_prefix(1);
  read.bucket = bucket_of_host(request.header("Host"));
  if (read.bucket.empty()) {
    const std::size_t slash = path.find('/');
    read.bucket = decoded(path.substr(0, slash), false);
    path = slash == path.npos ? std::string_view() : path.substr(slash + 1);
  }
  read.key = decoded(path, false);
  if (is_chunked(request)) {
    auto joined = join_aws_chunks(request.body.view());
    if (!joined) return std::nullopt;
    read.body = std::move(*joined);
  } else {
    read.body = std::move(request.body);
  }
  read.headers = std::move(request.headers);
  return read;
}

std::optional<base::PaddedBuffer> join_aws_chunks(std::string_view body) {
  base::PaddedBuffer joined;
  while (true) {
    const std::size_t line = body.find("\r\n");
    if (line == body.npos) return std::nullopt;
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + line, size, 16);
    const bool whole = end == body.data() + line || *end == ';';
    if (error != std::errc() || !whole) return std::nullopt;
    body.remove_prefix(line + 2);
    if (size == 0) return joined;
    if (body.size() < size + 2 || body.substr(size, 2) != "\r\n") return std::nullopt;
    joined.append(body.substr(0, size));
    body.remove_prefix(size + 2);
  }
}

}  // namespace connectors
