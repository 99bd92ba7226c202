// SPDX-License-Identifier: Apache-2.0
#include "base/http_guard.hpp"

#include <string>

#include <doctest/doctest.h>

using Known = base::LoopbackPeer::Known;

TEST_CASE("http guard: the user's own programs and root's are answered, others are told why not") {
  CHECK(base::why_not_peer({Known::user, 1000}, 1000) == "");
  CHECK(base::why_not_peer({Known::user, 0}, 1000) == "");
  CHECK(base::why_not_peer({Known::untold, 0}, 1000) == "");
  CHECK(base::why_not_peer({Known::user, 65534}, 1000) ==
        "fivetran-sim answers only programs of the user who started it (uid 1000), and this one "
        "runs as uid 65534 (run it as uid 1000)");
  CHECK(base::why_not_peer({Known::user, 1000}, 0) != "");
  CHECK(base::why_not_peer({Known::nobody, 0}, 0) ==
        "fivetran-sim answers only programs of the user who started it (uid 0), and whose this one "
        "was is not known");
}

TEST_CASE("http guard: hosts of this machine are answered") {
  for (const char* host :
       {"127.0.0.1", "127.0.0.1:9001", "127.1.2.3:80", "localhost", "LocalHost:9001", "localhost.",
        "s3.localhost:9", "my.bucket.s3.localhost:9", "[::1]", "[::1]:9001", "", "x", "lambda:80",
        "host.docker.internal:9001", "host.containers.internal"}) {
    CAPTURE(host);
    CHECK(base::why_not_request({{"Host", host}}) == "");
  }
  CHECK(base::why_not_request({}) == "");
}

TEST_CASE("http guard: other hosts, as after DNS rebinding, are not") {
  for (const char* host :
       {"evil.example", "evil.example:9001", "127.0.0.1.evil.example", "localhost.evil.example",
        "evil.example.localhost.com", "128.0.0.1", "0.0.0.0:9001", "169.254.1.1", "[::2]:9001",
        "[::1].evil", "127.1", "docker.internal", "x.host.docker.internal", "127.0.0.1:80:evil"}) {
    CAPTURE(host);
    CHECK(base::why_not_request({{"Host", "127.0.0.1"}, {"host", host}}) ==
          "fivetran-sim answers at 127.0.0.1 and localhost only: this request's Host is another");
  }
}

TEST_CASE("http guard: what a browser sends for a page is not answered") {
  CHECK(base::why_not_request({{"Host", "127.0.0.1"}, {"origin", "null"}}) ==
        "fivetran-sim answers programs, not web pages: this request has a browser's header Origin");
  for (const char* site : {"cross-site", "same-site", "same-origin", "none"}) {
    CAPTURE(site);
    CHECK(base::why_not_request({{"Sec-Fetch-Site", site}}) != "");
  }
  // Node's fetch says this and is no browser.
  CHECK(base::why_not_request({{"Sec-Fetch-Mode", "cors"}, {"Referer", "x"}}) == "");
}
