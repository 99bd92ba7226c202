// SPDX-License-Identifier: Apache-2.0
#include "reporters/report_value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace reporters {

ReportValue::ReportValue(std::string raw, std::string path, std::string& fault)
    : raw_(std::move(raw)), path_(std::move(path)), fault_(&fault) {
  if (raw_.starts_with('{')) members_ = protocol::members(raw_).value_or(protocol::Members());
}

const std::string* ReportValue::find(std::string_view key) const {
  const auto member = std::ranges::find(members_, key, &protocol::Members::value_type::first);
  return member == members_.end() ? nullptr : &member->second;
}

std::string ReportValue::path_to(std::string_view key) const {
  return fmt::format("{}{}{}", path_, path_.empty() ? "" : ".", key);
}

void ReportValue::note(const std::string& what) const {
  if (fault_->empty()) *fault_ = (path_.empty() ? "it" : path_) + what;
}

bool ReportValue::is_kind(bool right, std::string_view kind) const {
  if (!right && !raw_.empty()) note(fmt::format(" is no {}", kind));
  return right;
}

ReportValue ReportValue::operator[](std::string_view key) const {
  const std::string* value = find(key);
  return {value == nullptr ? std::string() : *value, path_to(key), *fault_};
}

ReportValue ReportValue::need(std::string_view key) const {
  if (find(key) == nullptr) note(fmt::format(" has no \"{}\"", key));
  return (*this)[key];
}

bool ReportValue::has(std::string_view key) const {
  return find(key) != nullptr;
}

std::string ReportValue::text() const {
  return is_kind(raw_.starts_with('"'), "text") ? protocol::string_value(raw_).value_or("") : "";
}

bool ReportValue::flag() const {
  return is_kind(raw_ == "true" || raw_ == "false", "boolean") && raw_ == "true";
}

std::uint64_t ReportValue::number() const {
  std::uint64_t value = 0;
  const char* end = raw_.data() + raw_.size();
  const auto read = std::from_chars(raw_.data(), end, value);
  return is_kind(read.ec == std::errc() && read.ptr == end, "whole number from 0 on") ? value : 0;
}

int ReportValue::small() const {
  return static_cast<int>(std::min<std::uint64_t>(number(), 2'000'000'000));
}

double ReportValue::real() const {
  const bool right = !raw_.empty() && (raw_[0] == '-' || (raw_[0] >= '0' && raw_[0] <= '9'));
  return is_kind(right, "number") ? std::strtod(raw_.c_str(), nullptr) : 0;
}

std::chrono::microseconds ReportValue::seconds() const {
  return std::chrono::microseconds(std::llround(std::clamp(real(), 0.0, 1e12) * 1e6));
}

std::vector<ReportValue> ReportValue::items() const {
  std::vector<ReportValue> all;
  if (!is_kind(raw_.starts_with('['), "list")) return all;
  auto elements = protocol::elements(raw_).value_or(std::vector<std::string>());
  all.reserve(elements.size());
  for (std::string& element : elements)
    all.push_back({std::move(element), fmt::format("{}[{}]", path_, all.size()), *fault_});
  return all;
}

std::vector<std::string> ReportValue::texts() const {
  std::vector<std::string> all;
  for (const ReportValue& item : items()) all.push_back(item.text());
  return all;
}

std::vector<std::pair<std::string, ReportValue>> ReportValue::members() const {
  std::vector<std::pair<std::string, ReportValue>> all;
  if (!is_kind(raw_.starts_with('{'), "object")) return all;
  for (const auto& [key, value] : members_)
    all.emplace_back(key, ReportValue(value, path_to(key), *fault_));
  return all;
}

}  // namespace reporters
