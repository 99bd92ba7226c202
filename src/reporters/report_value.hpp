// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/json_text.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reporters {

// A JSON value of a report that is read back. What is not there is empty, 0 or false; what has to
// be there and is not, or is of another kind, is noted.
class ReportValue {
 public:
  // `fault` outlives all values that come from this one: it gets the first thing that is wrong,
  // "syncs[0].calls[2] has no \"seconds\"".
  ReportValue(std::string raw, std::string& fault) : ReportValue(std::move(raw), "", fault) {}

  // A member that may be missing.
  ReportValue operator[](std::string_view key) const;
  // One that the report must have.
  ReportValue need(std::string_view key) const;
  bool has(std::string_view key) const;

  const std::string& raw() const { return raw_; }
  std::string text() const;
  bool flag() const;
  std::uint64_t number() const;
  int small() const;  // at most two thousand million
  double real() const;
  std::chrono::microseconds seconds() const;
  std::vector<ReportValue> items() const;
  std::vector<std::string> texts() const;
  std::vector<std::pair<std::string, ReportValue>> members() const;

 private:
  ReportValue(std::string raw, std::string path, std::string& fault);
  const std::string* find(std::string_view key) const;
  std::string path_to(std::string_view key) const;
  // Notes it when there is a value, but of another kind.
  bool is_kind(bool right, std::string_view kind) const;
  void note(const std::string& what) const;

  std::string raw_, path_;
  protocol::Members members_;
  std::string* fault_;
};

}  // namespace reporters
