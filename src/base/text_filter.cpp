// SPDX-License-Identifier: Apache-2.0
#include "base/text_filter.hpp"

#include <algorithm>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace base {
namespace {

#if defined(__x86_64__)
bool has_avx2() {
  return __builtin_cpu_supports("avx2") != 0;
}
#else
bool has_avx2() {
  return false;
}
#endif

}  // namespace

// Texts that begin alike share a bucket: the fewer bytes a bucket has in one place, the fewer wrong
// places it lets through.
TextFilter::TextFilter(std::span<const std::string> patterns) {
  constexpr std::size_t kBuckets = 8;
  std::vector<std::string_view> sorted;
  for (const std::string& pattern : patterns)
    if (pattern.size() >= kShortest) sorted.push_back(std::string_view(pattern).substr(0, kPrefix));
  std::ranges::sort(sorted);
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  usable_ = has_avx2() && !sorted.empty();
  // A short text fits whatever its third byte is, so it gets a bucket of its own where there is
  // one.
  const auto is_short = [](std::string_view text) { return text.size() < kPrefix; };
  const auto shorts = static_cast<std::size_t>(
      std::stable_partition(sorted.begin(), sorted.end(), is_short) - sorted.begin());
  const std::size_t rest = sorted.size() - shorts;
  const std::size_t own = std::min<std::size_t>(shorts, rest == 0 ? kBuckets : 1);
  for (std::size_t i = 0; i < shorts; ++i) add(sorted[i], i % own);
  for (std::size_t i = 0; i < rest; ++i) add(sorted[shorts + i], own + i * (kBuckets - own) / rest);
}

void TextFilter::add(std::string_view pattern, std::size_t bucket) noexcept {
  const auto bit = static_cast<std::uint8_t>(1u << bucket);
  for (std::size_t k = 0; k < pattern.size(); ++k) {
    const auto byte = static_cast<unsigned char>(pattern[k]);
    masks_[k].low[byte & 15] |= bit;
    masks_[k].high[byte >> 4] |= bit;
  }
  if (pattern.size() == kPrefix) return;
  for (std::size_t half = 0; half < 16; ++half) {
    masks_[kPrefix - 1].low[half] |= bit;
    masks_[kPrefix - 1].high[half] |= bit;
  }
}

// Behind the end of the text stands what fits a text of two bytes.
bool TextFilter::fits(std::string_view text, std::size_t at) const noexcept {
  unsigned buckets = 0xFF;
  for (std::size_t k = 0; k < kPrefix && at + k < text.size(); ++k) {
    const auto byte = static_cast<unsigned char>(text[at + k]);
    buckets &= masks_[k].low[byte & 15] & masks_[k].high[byte >> 4];
  }
  return buckets != 0;
}

#if defined(__x86_64__)
namespace {

__attribute__((target("avx2"))) __m256i twice(const std::array<std::uint8_t, 16>& table) {
  return _mm256_broadcastsi128_si256(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

// The buckets of each of 32 bytes.
__attribute__((target("avx2"))) __m256i buckets_of(const char* bytes, __m256i low, __m256i high) {
  const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
  const __m256i half = _mm256_set1_epi8(15);
  return _mm256_and_si256(
      _mm256_shuffle_epi8(low, _mm256_and_si256(text, half)),
      _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(text, 4), half)));
}

}  // namespace

__attribute__((target("avx2"))) std::size_t TextFilter::next(std::string_view text,
                                                             std::size_t from) const noexcept {
  constexpr std::size_t kBlock = 32;
  const __m256i low0 = twice(masks_[0].low), high0 = twice(masks_[0].high),
                low1 = twice(masks_[1].low), high1 = twice(masks_[1].high),
                low2 = twice(masks_[2].low), high2 = twice(masks_[2].high);
  std::size_t at = from;
  for (; at + kBlock + kPrefix - 1 <= text.size(); at += kBlock) {
    const char* here = text.data() + at;
    const __m256i buckets = _mm256_and_si256(
        buckets_of(here, low0, high0),
        _mm256_and_si256(buckets_of(here + 1, low1, high1), buckets_of(here + 2, low2, high2)));
    const __m256i none = _mm256_cmpeq_epi8(buckets, _mm256_setzero_si256());
    const auto some = ~static_cast<unsigned>(_mm256_movemask_epi8(none));
    if (some != 0) return at + static_cast<std::size_t>(__builtin_ctz(some));
  }
  for (; at + kShortest <= text.size(); ++at)
    if (fits(text, at)) return at;
  return text.size();
}
#else
std::size_t TextFilter::next(std::string_view text, std::size_t from) const noexcept {
  for (std::size_t at = from; at + kShortest <= text.size(); ++at)
    if (fits(text, at)) return at;
  return text.size();
}
#endif

}  // namespace base
