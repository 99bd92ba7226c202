// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/process.hpp"

#include <string>
#include <string_view>

namespace base {

// Turns a stream of bytes into lines, whatever the pieces it comes in.
class LineSplitter {
 public:
  // Longer lines are given in pieces of this size.
  static constexpr std::size_t kLongest = 65'536;

  // Gives `sink` each line that is complete, without its LF or CRLF.
  void feed(std::string_view bytes, const LineSink& sink);
  // At the end of the stream: gives what is left when the last line has no line end.
  void finish(const LineSink& sink);

 private:
  std::string rest_;
};

}  // namespace base
