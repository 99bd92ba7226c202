// SPDX-License-Identifier: Apache-2.0
#include "base/padded_buffer.hpp"

#include <algorithm>
#include <cstring>

namespace base {

PaddedBuffer::PaddedBuffer(std::string_view bytes) {
  append(bytes);
}

void PaddedBuffer::append(std::string_view bytes) {
  char* to = prepare(bytes.size());
  if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
  commit(bytes.size());
}

char* PaddedBuffer::prepare(std::size_t more) {
  if (!data_ || capacity_ - size_ < more) grow(size_ + more);
  return data_.get() + size_;
}

void PaddedBuffer::commit(std::size_t written) {
  size_ += written;
  std::memset(data_.get() + size_, 0, kPadding);
}

void PaddedBuffer::clear() noexcept {
  size_ = 0;
  if (data_) std::memset(data_.get(), 0, kPadding);
}

void PaddedBuffer::grow(std::size_t needed) {
  const std::size_t capacity = std::max({needed, capacity_ + capacity_ / 2, std::size_t{4096}});
  std::unique_ptr<char[]> bigger(new char[capacity + kPadding]);
  if (size_ > 0) std::memcpy(bigger.get(), data_.get(), size_);
  data_ = std::move(bigger);
  capacity_ = capacity;
}

}  // namespace base
