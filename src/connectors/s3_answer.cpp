// SPDX-License-Identifier: Apache-2.0
#include "connectors/s3_answer.hpp"

#include "connectors/s3_documents.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include <fmt/format.h>

namespace connectors {
namespace {

using base::HttpReply;

HttpReply no_such_key(const S3Request& request) {
  return s3_error(404, "NoSuchKey", "The specified key does not exist: " + request.key);
}

// The headers that come back with an object.
base::HttpHeaders kept_headers(const S3Request& request) {
  base::HttpHeaders kept;
  for (const auto& [name, value] : request.headers)
    if (base::equal_ignoring_case(name, "Content-Type") ||
        base::equal_ignoring_case(name.substr(0, 11), "x-amz-meta-"))
      kept.emplace_back(name, value);
  return kept;
}

HttpReply put_object(S3Objects& objects, S3Request& request) {
  S3Object object{std::move(request.body), kept_headers(request), {}, {}};
  return {200, {{"ETag", objects.put(request.bucket, request.key, std::move(object))}}, ""};
}

HttpReply copy_object(S3Objects& objects, const S3Request& request, const std::string& source) {
  base::HttpRequest named;
  named.target = source.starts_with('/') ? source : "/" + source;
  const auto from = read_s3_request(std::move(named));
  S3Object copy;
  const bool found = objects.read(from->bucket, from->key, [&copy](const S3Object& object) {
    copy.bytes = base::PaddedBuffer(object.bytes.view());
    copy.headers = object.headers;
  });
  if (!found) return no_such_key(*from);
  return xml_reply(copy_document(objects.put(request.bucket, request.key, std::move(copy))));
}

// "bytes=5-9", "bytes=5-" and "bytes=-5" of `size` bytes; false: no range that can be given.
bool read_range(std::string_view header, std::size_t size, std::size_t& first, std::size_t& last) {
  if (!header.starts_with("bytes=")) return false;
  header.remove_prefix(6);
  const std::size_t dash = header.find('-');
  if (dash == header.npos || size == 0) return false;
  const auto number = [](std::string_view text, std::size_t& to) {
    return std::from_chars(text.data(), text.data() + text.size(), to).ec == std::errc();
  };
  first = 0;
  last = size - 1;
  if (dash == 0) {
    std::size_t tail = 0;
    if (!number(header.substr(1), tail) || tail == 0) return false;
    first = size - std::min(tail, size);
    return true;
  }
  if (!number(header.substr(0, dash), first)) return false;
  if (dash + 1 < header.size() && !number(header.substr(dash + 1), last)) return false;
  last = std::min(last, size - 1);
  return first <= last;
}

HttpReply get_object(const S3Objects& objects, const S3Request& request) {
  HttpReply reply;
  const bool found = objects.read(request.bucket, request.key, [&](const S3Object& object) {
    reply.headers = object.headers;
    reply.headers.emplace_back("ETag", object.etag);
    reply.headers.emplace_back("Last-Modified", http_date(object.modified));
    reply.headers.emplace_back("Accept-Ranges", "bytes");
    std::string_view bytes = object.bytes.view();
    std::size_t first = 0, last = 0;
    const std::string_view range = base::find_header(request.headers, "Range");
    if (!range.empty() && read_range(range, bytes.size(), first, last)) {
      reply.status = 206;
      reply.headers.emplace_back("Content-Range",
                                 fmt::format("bytes {}-{}/{}", first, last, bytes.size()));
      bytes = bytes.substr(first, last - first + 1);
    }
    reply.body = bytes;
  });
  return found ? reply : no_such_key(request);
}

HttpReply upload_part(S3Objects& objects, S3Request& request) {
  int number = 0;
  const std::string text = request.parameter("partNumber");
  std::from_chars(text.data(), text.data() + text.size(), number);
  const auto etag =
      objects.put_part(request.parameter("uploadId"), number, std::move(request.body));
  if (!etag) return s3_error(404, "NoSuchUpload", "The specified upload does not exist.");
  return {200, {{"ETag", *etag}}, ""};
}

HttpReply complete_upload(S3Objects& objects, const S3Request& request) {
  const auto etag = objects.complete_upload(request.parameter("uploadId"), request.bucket,
                                            request.key, part_numbers(request.body.view()));
  if (!etag) return s3_error(400, "InvalidPart", "An upload or one of its parts was not found.");
  return xml_reply(completed_document(request.bucket, request.key, *etag));
}

HttpReply on_object(S3Objects& objects, S3Request& request) {
  if (request.method == "PUT") {
    if (request.has("uploadId")) return upload_part(objects, request);
    const std::string source(base::find_header(request.headers, "x-amz-copy-source"));
    return source.empty() ? put_object(objects, request) : copy_object(objects, request, source);
  }
  if (request.method == "GET" || request.method == "HEAD") return get_object(objects, request);
  if (request.method == "DELETE") {
    if (request.has("uploadId"))
      objects.abort_upload(request.parameter("uploadId"));
    else
      objects.erase(request.bucket, request.key);
    return {204, {}, ""};
  }
  if (request.method == "POST" && request.has("uploads"))
    return xml_reply(
        upload_document(request.bucket, request.key, objects.begin_upload(kept_headers(request))));
  if (request.method == "POST" && request.has("uploadId")) return complete_upload(objects, request);
  return s3_error(501, "NotImplemented", "This stand-in for S3 does not do that.");
}

HttpReply on_bucket(S3Objects& objects, const S3Request& request) {
  if (request.method == "PUT" || request.method == "HEAD") {
    objects.make_bucket(request.bucket);
    return {200, {}, ""};
  }
  if (request.method == "GET" && request.has("location")) return xml_reply(location_document());
  if (request.method == "GET")
    return xml_reply(
        listing_document(request, objects.list(request.bucket, request.parameter("prefix"))));
  if (request.method == "POST" && request.has("delete")) {
    const std::vector<std::string> keys = deleted_keys(request.body.view());
    for (const std::string& key : keys) objects.erase(request.bucket, key);
    return xml_reply(deleted_document(keys));
  }
  if (request.method == "DELETE") return {204, {}, ""};
  return s3_error(501, "NotImplemented", "This stand-in for S3 does not do that.");
}

}  // namespace

HttpReply answer_s3(S3Objects& objects, S3Request request) {
  if (request.bucket.empty())
    return request.method == "GET" ? xml_reply(buckets_document(objects.buckets()))
                                   : s3_error(405, "MethodNotAllowed", "Name a bucket.");
  return request.key.empty() ? on_bucket(objects, request) : on_object(objects, request);
}

bool writes_object(const S3Request& request) {
  if (request.key.empty()) return false;
  const bool part = request.has("uploadId");
  return request.method == "POST" ? part : request.method == "PUT" && !part;
}

HttpReply s3_error(int status, std::string_view code, std::string_view message) {
  HttpReply reply = xml_reply(error_document_of(code, message));
  reply.status = status;
  return reply;
}

}  // namespace connectors
