// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/redactor.hpp"

#include <iosfwd>
#include <memory>
#include <streambuf>
#include <string>

namespace cli {

// A stream buffer that takes secrets out of all that passes, whole lines at a time where the writer
// does not flush earlier.
class RedactingBuffer final : public std::streambuf {
 public:
  RedactingBuffer(const protocol::Redactor& redact, std::streambuf& to)
      : redact_(redact), to_(to) {}
  ~RedactingBuffer() override;
  RedactingBuffer(const RedactingBuffer&) = delete;
  RedactingBuffer& operator=(const RedactingBuffer&) = delete;

 protected:
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int sync() override;

 private:
  bool pass_lines();
  bool pass(std::size_t size);

  const protocol::Redactor& redact_;
  std::streambuf& to_;
  std::string pending_;
};

// The last net: while it lives, nothing that is written to std::cout and std::cerr shows a watched
// secret. What is cut or wrapped has to be cleaned before, by reporters::RedactingReporter.
class Screen {
 public:
  explicit Screen(protocol::Redactor redact);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  const protocol::Redactor& redactor() const noexcept { return redact_; }

 private:
  protocol::Redactor redact_;
  std::streambuf *out_, *err_;
  RedactingBuffer clean_out_, clean_err_;
};

}  // namespace cli
