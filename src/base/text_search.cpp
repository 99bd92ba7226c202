// SPDX-License-Identifier: Apache-2.0
#include "base/text_search.hpp"

#include <algorithm>

namespace base {
namespace {

constexpr std::size_t kBlock = 2, kMaxShift = 255;

std::uint16_t block_at(std::string_view text, std::size_t at) {
  const auto low = static_cast<unsigned char>(text[at]);
  const auto high = static_cast<unsigned char>(text[at + 1]);
  return static_cast<std::uint16_t>(low | (high << 8));
}

}  // namespace

TextSearch::TextSearch(std::vector<std::string> patterns, Way way)
    : patterns_(std::move(patterns)) {
  for (std::uint32_t i = 0; i < patterns_.size(); ++i)
    if (patterns_[i].size() >= kBlock) starts_.emplace_back(block_at(patterns_[i], 0), i);
  if (starts_.empty()) return;
  sort_longest_first(starts_);
  if (way == Way::fastest) filter_ = TextFilter(patterns_);
  if (!filter_.usable()) {
    prepare_jumps();
    return;
  }
  begins_.assign(1 << 16, false);
  for (const auto& [block, pattern] : starts_) begins_[block] = true;
}

void TextSearch::prepare_jumps() {
  window_ = kMaxShift;
  for (const std::string& pattern : patterns_)
    if (pattern.size() >= kBlock) window_ = std::min(window_, pattern.size());
  shift_.assign(1 << 16, static_cast<std::uint8_t>(window_ - kBlock + 1));
  for (std::uint32_t i = 0; i < patterns_.size(); ++i) {
    const std::string& pattern = patterns_[i];
    if (pattern.size() < kBlock) continue;
    for (std::size_t at = 0; at + kBlock <= window_; ++at) {
      std::uint8_t& shift = shift_[block_at(pattern, at)];
      shift = std::min(shift, static_cast<std::uint8_t>(window_ - kBlock - at));
    }
    ends_.emplace_back(block_at(pattern, window_ - kBlock), i);
  }
  sort_longest_first(ends_);
}

void TextSearch::sort_longest_first(Blocks& blocks) const {
  std::ranges::stable_sort(blocks, [this](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    return patterns_[a.second].size() > patterns_[b.second].size();
  });
}

std::optional<TextSearch::Match> TextSearch::match_at(std::string_view text, std::size_t offset,
                                                      const Blocks& known,
                                                      std::uint16_t block) const {
  auto candidate =
      std::ranges::lower_bound(known, block, {}, [](const auto& e) { return e.first; });
  for (; candidate != known.end() && candidate->first == block; ++candidate) {
    const std::string& pattern = patterns_[candidate->second];
    if (text.substr(offset, pattern.size()) == pattern)
      return Match{candidate->second, offset, pattern.size()};
  }
  return std::nullopt;
}

std::optional<TextSearch::Match> TextSearch::find_filtered(std::string_view text,
                                                           std::size_t from) const {
  for (std::size_t at = filter_.next(text, from); at < text.size();
       at = filter_.next(text, at + 1)) {
    const std::uint16_t block = block_at(text, at);
    if (!begins_[block]) continue;
    if (const auto match = match_at(text, at, starts_, block)) return match;
  }
  return std::nullopt;
}

std::optional<TextSearch::Match> TextSearch::find(std::string_view text, std::size_t from) const {
  if (empty()) return std::nullopt;
  if (filter_.usable()) return find_filtered(text, from);
  for (std::size_t end = from + window_; end <= text.size();) {
    const std::uint16_t block = block_at(text, end - kBlock);
    const std::size_t shift = shift_[block];
    if (shift == 0)
      if (const auto match = match_at(text, end - window_, ends_, block)) return match;
    end += std::max<std::size_t>(shift, 1);
  }
  return std::nullopt;
}

}  // namespace base
