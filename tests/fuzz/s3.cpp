// SPDX-License-Identifier: Apache-2.0
// Requests of an S3 client: each gets an answer of HTTP, and what a put stored is what a get gives.
#include "base/http_parser.hpp"
#include "check.hpp"
#include "connectors/s3_answer.hpp"

#include <string>
#include <utility>

namespace {

using fuzz::require;

connectors::S3Request plain(const char* method, std::string bucket, std::string key) {
  connectors::S3Request request;
  request.method = method;
  request.bucket = std::move(bucket);
  request.key = std::move(key);
  return request;
}

void serve(connectors::S3Objects& objects, base::HttpRequest request) {
  auto read = connectors::read_s3_request(std::move(request));
  if (!read) return;
  const bool simple =
      read->method == "PUT" && read->query.empty() && !read->bucket.empty() && !read->key.empty();
  const bool copies = !base::find_header(read->headers, "x-amz-copy-source").empty();
  const std::string bucket = read->bucket, key = read->key, body(read->body.view());
  const base::HttpReply reply = connectors::answer_s3(objects, std::move(*read));
  require(reply.status >= 200 && reply.status < 600);
  if (!simple || copies || reply.status != 200) return;
  require(connectors::answer_s3(objects, plain("GET", bucket, key)).body == body);
  require(connectors::answer_s3(objects, plain("GET", bucket, "")).status == 200);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz::text_of(data, size);
  connectors::S3Objects objects;
  base::HttpParser parser(1 << 16);
  while (!bytes.empty() && parser.state() != base::HttpParser::State::failed) {
    bytes.remove_prefix(parser.feed(bytes));
    if (parser.state() == base::HttpParser::State::complete) serve(objects, parser.take());
  }
  return 0;
}
