// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_headers.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connectors {

// An access key; the token only with temporary ones.
struct AwsKey {
  std::string id, secret, token;
};

// A request to sign with AWS Signature Version 4.
struct AwsRequest {
  std::string method = "POST";
  std::string host;                                        // with the port unless it is the default
  std::vector<std::string> path;                           // segments, not encoded; none: "/"
  std::vector<std::pair<std::string, std::string>> query;  // not encoded
  base::HttpHeaders headers;                               // further ones to sign
  std::string_view body;
};

// Where and when a signature holds.
struct AwsScope {
  std::string region, service;
  std::chrono::sys_seconds time;
};

// Every byte but A-Z a-z 0-9 - . _ ~ as %XX.
std::string uri_encoded(std::string_view text);

// The path and query of the request as they go on the wire: each segment, name and value encoded
// once, the query in the order given.
std::string request_target(const AwsRequest& request);

// The headers to send: `request.headers`, X-Amz-Date, X-Amz-Security-Token when there is a token,
// and Authorization. Host is signed but not in them.
//
// The signed path is encoded a second time, as AWS demands of every service but S3 ("Each path
// segment must be URI-encoded twice except for Amazon S3",
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
// libcurl's own signing does not do that, so that ARNs and NAME:ALIAS would be refused.
base::HttpHeaders signed_headers(const AwsRequest& request, const AwsScope& scope,
                                 const AwsKey& key);

}  // namespace connectors
