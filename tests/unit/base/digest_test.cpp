// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"

#include <string>

#include <doctest/doctest.h>

TEST_CASE("sha256: the examples of FIPS 180-2") {
  CHECK(base::to_hex(base::sha256("")) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(base::to_hex(base::sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("hmac_sha256: test cases 1, 2 and 6 of RFC 4231") {
  CHECK(base::to_hex(base::hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(base::to_hex(base::hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(base::to_hex(base::hmac_sha256(std::string(131, '\xaa'),
                                       "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("base64: the examples of RFC 4648, both ways") {
  const std::pair<const char*, const char*> examples[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
  };
  for (const auto& [plain, encoded] : examples) {
    CHECK(base::to_base64(plain) == encoded);
    CHECK(base::from_base64(encoded) == plain);
  }
  CHECK(base::from_base64("YW\nJj") == "abc");
  CHECK(base::to_base64("\xfb\xff") == "+/8=");
  CHECK(base::from_base64("-_8=") == "\xfb\xff");
}
