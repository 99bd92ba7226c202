// SPDX-License-Identifier: Apache-2.0
#include "connectors/aws_endpoint.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace connectors {
namespace {

bool take_end(std::string& text, std::string_view end) {
  if (!text.ends_with(end)) return false;
  text.erase(text.size() - end.size());
  return true;
}

}  // namespace

std::string endpoint_in_environment(const std::string& service) {
  for (const std::string& name : {"AWS_ENDPOINT_URL_" + service, std::string("AWS_ENDPOINT_URL")})
    if (const char* value = std::getenv(name.c_str()); value != nullptr && *value != '\0')
      return value;
  return {};
}

base::Result<AwsEndpoint> split_endpoint(const std::string& url) {
  const bool tls = url.starts_with("https://");
  if (!tls && !url.starts_with("http://"))
    return base::fail(
        base::ErrorKind::usage,
        fmt::format("cannot use the endpoint {}: it is no http:// or https:// URL", url));
  const std::size_t host_at = tls ? 8 : 7;
  const std::size_t path_at = url.find('/', host_at);
  AwsEndpoint endpoint;
  endpoint.origin = url.substr(0, path_at);
  endpoint.host = endpoint.origin.substr(host_at);
  take_end(endpoint.host, tls ? ":443" : ":80");
  std::size_t begin = path_at;
  while (begin != url.npos) {
    const std::size_t end = url.find('/', begin + 1);
    std::string segment = url.substr(begin + 1, end == url.npos ? end : end - begin - 1);
    if (!segment.empty()) endpoint.path.push_back(std::move(segment));
    begin = end;
  }
  return endpoint;
}

}  // namespace connectors
