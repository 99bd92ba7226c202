// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/reporter.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

// Passes on the lines that a connector prints, from any thread. While a page is loaded behind the
// next call, that call's lines wait until what belongs to the page has been told.
class LogOrder {
 public:
  explicit LogOrder(core::Reporter& reporter) : reporter_(reporter) {}

  void on_line(std::string_view line);
  void hold();
  void release();

 private:
  core::Reporter& reporter_;
  std::mutex mutex_;  // guards what follows
  bool held_ = false;
  std::vector<std::string> waiting_;
};

}  // namespace engine
