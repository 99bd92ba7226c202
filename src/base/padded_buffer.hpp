// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace base {

// A growable byte buffer that always has kPadding readable zero bytes behind its content, so that a
// vectorised parser may read past the end. Move-only; the bytes stay at their address when the
// buffer is moved, so views into it stay valid.
class PaddedBuffer {
 public:
  static constexpr std::size_t kPadding = 64;

  PaddedBuffer() = default;
  explicit PaddedBuffer(std::string_view bytes);

  void append(std::string_view bytes);
  // Makes room for `more` bytes and returns where to write them; `commit` then counts them in.
  char* prepare(std::size_t more);
  void commit(std::size_t written);
  void clear() noexcept;

  std::string_view view() const noexcept { return {data_.get(), size_}; }
  char* data() noexcept { return data_.get(); }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }

 private:
  void grow(std::size_t needed);

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace base
