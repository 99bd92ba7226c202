// SPDX-License-Identifier: Apache-2.0
#include "base/page_memory.hpp"

#if defined(__linux__)
#include <features.h>
#endif

#if defined(__GLIBC__)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <mutex>
#endif

namespace base {

#if defined(__GLIBC__)

namespace {

constexpr std::uintptr_t kWide = 1 << 21;

std::uintptr_t heap_end() noexcept {
  return reinterpret_cast<std::uintptr_t>(sbrk(0)) / kWide * kWide;
}

std::mutex widening;
std::uintptr_t widened = UINTPTR_MAX;  // up to here it was asked for

}  // namespace

void keep_page_memory() noexcept {
  constexpr int kMostKept = 1 << 28, kLargestKept = 1 << 25;  // the most that glibc takes
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, kLargestKept);
  mallopt(M_TRIM_THRESHOLD, kMostKept);
  // Room ahead, so that the blocks that a page needs beside its bytes lie in it. It costs addresses
  // only.
  mallopt(M_TOP_PAD, kLargestKept);
  widened = heap_end() + kWide;
}

void widen_page_memory() noexcept {
  const std::lock_guard lock(widening);
  const std::uintptr_t end = heap_end();
  if (end <= widened) return;
  madvise(reinterpret_cast<void*>(widened), end - widened, MADV_HUGEPAGE);
  widened = end;
}

#else

void keep_page_memory() noexcept {}
void widen_page_memory() noexcept {}

#endif

}  // namespace base
