// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_server.hpp"
#include "base/loopback_peer.hpp"

#include <string>

namespace base {

// Why a server on loopback does not answer, as one line for the client, or an empty text. Loopback
// keeps the network out, but not this machine's other users and not the user's own browser, which
// sends requests for whatever page is open in it.

// A connection from another user's program. Those of `user` and of root are answered, and those on
// systems that do not tell.
std::string why_not_peer(const LoopbackPeer& peer, uid_t user);

// A request that a browser made for a page, known by Origin or Sec-Fetch-Site, which no page can
// leave away or set (https://fetch.spec.whatwg.org/#forbidden-request-header), and one for a host
// that is not this machine, as it comes from a page whose name was made to lead to 127.0.0.1 (DNS
// rebinding). Nobody can register a name without a dot, and runtimes made by hand send such; the
// same for .internal, where Docker Desktop and Podman name this machine inside of their containers.
// A request without Host is never a browser's.
std::string why_not_request(const HttpHeaders& headers);

}  // namespace base
