// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <unistd.h>
#ifdef __APPLE__
#include <sys/random.h>
#endif

#include <array>
#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>

namespace base {

std::string uuid4() {
  std::array<std::uint32_t, 4> words{};
  // Fails only on a kernel without it, and there is no safe way on.
  if (::getentropy(words.data(), sizeof words) != 0) std::abort();
  words[1] = (words[1] & 0xFFFF0FFFu) | 0x00004000u;  // version 4 and variant 1, RFC 9562, 5.4
  words[2] = (words[2] & 0x3FFFFFFFu) | 0x80000000u;
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:04x}{:08x}", words[0], words[1] >> 16,
                     words[1] & 0xFFFF, words[2] >> 16, words[2] & 0xFFFF, words[3]);
}

}  // namespace base
