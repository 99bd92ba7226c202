// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_server.hpp"
#include "base/padded_buffer.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace connectors {

// A request of Amazon S3's REST interface
// (https://docs.aws.amazon.com/AmazonS3/latest/API/Type_API_Reference.html), in parts.
struct S3Request {
  std::string method;
  std::string bucket, key;  // decoded; empty where the request names none
  std::map<std::string, std::string, std::less<>> query;
  base::HttpHeaders headers;
  base::PaddedBuffer body;  // without the frames of aws-chunked

  bool has(std::string_view parameter) const { return query.find(parameter) != query.end(); }
  std::string parameter(std::string_view name) const;
};

// Takes a request apart. The bucket stands in the path ("/bucket/key"), or in front of a host name
// ("bucket.s3.localhost:9000", never of an address). None: the body is aws-chunked and broken.
std::optional<S3Request> read_s3_request(base::HttpRequest request);

// The bytes of a body in frames of "SIZE[;chunk-signature=…]\r\nBYTES\r\n", which ends with one of
// size 0 and maybe trailers
// (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html). None: broken.
std::optional<base::PaddedBuffer> join_aws_chunks(std::string_view body);

}  // namespace connectors
