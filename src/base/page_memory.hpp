// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace base {

// How this process keeps memory for pages of several megabytes. Both do nothing where the C library
// is not glibc or the system is not Linux; without them all works as well, only slower.

// Once, at the start of the program: a page is read on one thread and freed on another, and the
// next one is as large, so its memory is kept for it instead of going back to the system each time.
void keep_page_memory() noexcept;

// When a large block was just taken and not yet written to: what the heap has now, and has not
// touched, is asked for in pieces of two megabytes (madvise(2), MADV_HUGEPAGE) instead of four
// kilobytes. The kernel's default on Debian and Ubuntu is to give them to whoever asks.
void widen_page_memory() noexcept;

}  // namespace base
