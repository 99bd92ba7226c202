// SPDX-License-Identifier: Apache-2.0
#include "base/http_guard.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cctype>

#include <fmt/core.h>

namespace base {

namespace {

// Without the port: "127.0.0.1", "[::1]".
std::string_view without_port(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const std::size_t bracket = host.rfind(']');
  if (colon == host.npos || (bracket != host.npos && colon < bracket)) return host;
  return host.substr(0, colon);
}

bool is_loopback_address(const std::string& host) {
  in_addr address = {};
  const bool ipv4 = inet_pton(AF_INET, host.c_str(), &address) == 1;
  return ipv4 ? ntohl(address.s_addr) >> 24 == 127 : host == "[::1]";
}

bool is_this_machine(std::string_view value) {
  std::string host(without_port(trim_blanks(value)));
  std::transform(host.begin(), host.end(), host.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (host.ends_with('.')) host.pop_back();
  const bool is_public = host.find_first_of(".[:") != host.npos;
  return !is_public || host.ends_with(".localhost") || is_loopback_address(host) ||
         host == "host.docker.internal" || host == "host.containers.internal";
}

}  // namespace

std::string why_not_peer(const LoopbackPeer& peer, uid_t user) {
  const std::string rule =
      fmt::format("fivetran-sim answers only programs of the user who started it (uid {})", user);
  if (peer.known == LoopbackPeer::Known::nobody)
    return rule + ", and whose this one was is not known";
  if (peer.known == LoopbackPeer::Known::untold || peer.user == user || peer.user == 0) return {};
  return fmt::format("{}, and this one runs as uid {} (run it as uid {})", rule, peer.user, user);
}

std::string why_not_request(const HttpHeaders& headers) {
  for (const auto& [name, value] : headers) {
    for (const char* browser : {"Origin", "Sec-Fetch-Site"}) {
      if (!equal_ignoring_case(name, browser)) continue;
      return fmt::format(
          "fivetran-sim answers programs, not web pages: this request has a browser's header {}",
          browser);
    }
    if (equal_ignoring_case(name, "Host") && !is_this_machine(value)) {
      return "fivetran-sim answers at 127.0.0.1 and localhost only: this request's Host is another";
    }
  }
  return {};
}

}  // namespace base
