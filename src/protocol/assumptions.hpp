// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace protocol {

// A point on which nothing public tells what Fivetran does ([UNK] in the contract). The first value
// is the default; another is chosen with `--assume NAME=VALUE`.
struct Assumption {
  std::string_view name;
  std::vector<std::string_view> values;  // empty: any text
  std::string_view default_value;
  std::string_view question;  // what is not known
  std::string_view choice;    // what we do, and why
  std::string_view source;
};

std::span<const Assumption> assumptions();
const Assumption* find_assumption(std::string_view name);

}  // namespace protocol
