// SPDX-License-Identifier: Apache-2.0
// An HTTP request in pieces: where the pieces are cut must not change what is read.
#include "base/http_parser.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

constexpr std::uint64_t kMaxBody = 4096;

std::string read(std::string_view bytes, std::size_t piece) {
  base::HttpParser parser(kMaxBody);
  std::string seen;
  while (!bytes.empty() && parser.state() != base::HttpParser::State::failed) {
    const std::string_view part = bytes.substr(0, piece);
    const std::size_t taken = parser.feed(part);
    if (taken > part.size()) std::abort();
    bytes.remove_prefix(taken);
    if (parser.state() == base::HttpParser::State::complete) {
      const base::HttpRequest request = parser.take();
      seen += request.method + " " + request.target + "\n";
      for (const auto& [name, value] : request.headers) seen += name + ": " + value + "\n";
      seen += std::string(request.body.view()) + "|" + std::to_string(request.body_bytes) + "\n";
    } else if (taken == 0 && parser.state() != base::HttpParser::State::failed) {
      std::abort();  // it neither takes bytes nor ends
    }
  }
  if (parser.state() == base::HttpParser::State::failed) seen += "failed";
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string whole = read(text, text.size() + 1);
  if (read(text, 1) != whole || read(text, 7) != whole) std::abort();
  return 0;
}
