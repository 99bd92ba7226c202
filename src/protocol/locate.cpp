// SPDX-License-Identifier: Apache-2.0
#include "protocol/locate.hpp"

#include <algorithm>

namespace protocol {
namespace {

struct Frame {
  bool object = false;
  bool expects_key = false;
  std::string_view key;
  std::size_t index = 0;
};

class Locator {
 public:
  Locator(std::string_view json, std::span<const std::size_t> offsets)
      : json_(json), offsets_(offsets) {}

  std::vector<Steps> run() {
    while (at_ < json_.size() && found_.size() < offsets_.size()) step();
    settle(json_.size() + 1);
    return std::move(found_);
  }

 private:
  void step() {
    switch (json_[at_]) {
      case '"': return string();
      case '{':
      case '[': frames_.push_back({json_[at_] == '{', json_[at_] == '{', {}, 0}); break;
      case '}':
      case ']':
        settle(at_);
        if (!frames_.empty()) frames_.pop_back();
        break;
      case ',':
        settle(at_);
        if (!frames_.empty()) {
          frames_.back().expects_key = frames_.back().object;
          ++frames_.back().index;
        }
        break;
      default: break;
    }
    ++at_;
  }

  void string() {
    const std::size_t begin = at_ + 1;
    std::size_t end = begin;
    while (end < json_.size() && json_[end] != '"') end += json_[end] == '\\' ? 2 : 1;
    end = std::min(end, json_.size());
    if (!frames_.empty() && frames_.back().expects_key) {
      frames_.back().key = json_.substr(begin, end - begin);
      frames_.back().expects_key = false;
    }
    at_ = end + 1;
    settle(at_);
  }

  // Offsets before `end` lie where we are.
  void settle(std::size_t end) {
    while (found_.size() < offsets_.size() && offsets_[found_.size()] < end) {
      Steps steps;
      for (const Frame& frame : frames_)
        steps.push_back(frame.object ? std::string(frame.key) : std::to_string(frame.index));
      found_.push_back(std::move(steps));
    }
  }

  std::string_view json_;
  std::span<const std::size_t> offsets_;
  std::size_t at_ = 0;
  std::vector<Frame> frames_;
  std::vector<Steps> found_;
};

}  // namespace

std::vector<Steps> locate(std::string_view json, std::span<const std::size_t> offsets) {
  return Locator(json, offsets).run();
}

}  // namespace protocol
