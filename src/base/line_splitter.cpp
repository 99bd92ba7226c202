// SPDX-License-Identifier: Apache-2.0
#include "base/line_splitter.hpp"

#include <algorithm>

namespace base {

namespace {

void give(std::string_view line, const LineSink& sink) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (sink) sink(line);
}

}  // namespace

void LineSplitter::feed(std::string_view bytes, const LineSink& sink) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::size_t length = std::min(end, bytes.size());
    const std::size_t room = kLongest - rest_.size();
    if (length > room) {
      rest_.append(bytes.substr(0, room));
      bytes.remove_prefix(room);
      if (sink) sink(rest_);
      rest_.clear();
    } else if (end == std::string_view::npos) {
      rest_.append(bytes);
      return;
    } else if (rest_.empty()) {
      give(bytes.substr(0, end), sink);
      bytes.remove_prefix(end + 1);
    } else {
      rest_.append(bytes.substr(0, end));
      give(rest_, sink);
      rest_.clear();
      bytes.remove_prefix(end + 1);
    }
  }
}

void LineSplitter::finish(const LineSink& sink) {
  if (!rest_.empty()) give(rest_, sink);
  rest_.clear();
}

}  // namespace base
