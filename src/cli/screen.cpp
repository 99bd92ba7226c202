// SPDX-License-Identifier: Apache-2.0
#include "cli/screen.hpp"

#include <iostream>
#include <utility>

namespace cli {
namespace {

constexpr std::size_t kEnough = 65'536;

}  // namespace

RedactingBuffer::~RedactingBuffer() {
  RedactingBuffer::sync();
}

RedactingBuffer::int_type RedactingBuffer::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  pending_ += traits_type::to_char_type(c);
  return pass_lines() ? c : traits_type::eof();
}

std::streamsize RedactingBuffer::xsputn(const char* text, std::streamsize size) {
  pending_.append(text, static_cast<std::size_t>(size));
  return pass_lines() ? size : 0;
}

int RedactingBuffer::sync() {
  return pass(pending_.size()) && to_.pubsync() == 0 ? 0 : -1;
}

// Whole lines, once there is enough of them.
bool RedactingBuffer::pass_lines() {
  if (pending_.size() < kEnough) return true;
  const std::size_t line_end = pending_.rfind('\n');
  return line_end == std::string::npos || pass(line_end + 1);
}

bool RedactingBuffer::pass(std::size_t size) {
  std::string text = pending_.substr(0, size);
  pending_.erase(0, size);
  redact_.in_place(text);
  const auto length = static_cast<std::streamsize>(text.size());
  return to_.sputn(text.data(), length) == length;
}

Screen::Screen(protocol::Redactor redact)
    : redact_(std::move(redact)),
      out_(std::cout.rdbuf()),
      err_(std::cerr.rdbuf()),
      clean_out_(redact_, *out_),
      clean_err_(redact_, *err_) {
  if (redact_.empty()) return;
  std::cout.flush();
  std::cout.rdbuf(&clean_out_);
  std::cerr.rdbuf(&clean_err_);
}

Screen::~Screen() {
  std::cout.flush();
  std::cout.rdbuf(out_);
  std::cerr.rdbuf(err_);
}

}  // namespace cli
