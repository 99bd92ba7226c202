// SPDX-License-Identifier: Apache-2.0
#include "rules/near_miss.hpp"

#include "scene.hpp"

#include <doctest/doctest.h>

namespace {

std::string meant(std::string_view key) {
  const auto response =
      protocol::parse(base::PaddedBuffer(fmt::format("{{{}:1}}", protocol::quote(key))));
  return std::string(rules::root_key_meant(response, response.facts.unknown_keys.at(0)));
}

}  // namespace

TEST_CASE("one slip is enough in a long word only") {
  CHECK(meant("schemas") == "schema");
  CHECK(meant("delte") == "delete");
  CHECK(meant("hasMoer") == "hasMore");
  CHECK(meant("error-type") == "errorType");
  CHECK(meant("stats").empty());
  CHECK(meant("stat").empty());
  CHECK(meant("estate").empty());
  CHECK(meant("hasMoreee").empty());
  CHECK(meant("").empty());
  CHECK(meant("—").empty());
}
