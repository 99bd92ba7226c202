// SPDX-License-Identifier: Apache-2.0
#include "connectors/random_id.hpp"

#include <random>

namespace connectors {

std::string random_hex(std::size_t digits) {
  static thread_local std::random_device source;
  std::string result;
  result.reserve(digits);
  while (result.size() < digits) {
    for (unsigned bits = source(), left = 8; left > 0 && result.size() < digits; --left, bits >>= 4)
      result += "0123456789abcdef"[bits & 0xf];
  }
  return result;
}

std::string random_uuid() {
  std::string id = random_hex(32);
  id[12] = '4';
  id[16] = "89ab"[id[16] & 3];
  for (const std::size_t at : {8, 13, 18, 23}) id.insert(at, 1, '-');
  return id;
}

}  // namespace connectors
