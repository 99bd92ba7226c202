// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/padded_buffer.hpp"
#include "base/result.hpp"

#include <string>
#include <string_view>

// Reading and writing to the end, however often the system takes or gives only a part or is
// interrupted.
namespace base {

// False: not all was written; see errno.
bool write_all(int fd, std::string_view bytes) noexcept;

// A whole file, ready to be parsed. Error (environment): "cannot read PATH: no such file or
// directory".
Result<PaddedBuffer> read_file_padded(const std::string& path);

}  // namespace base
