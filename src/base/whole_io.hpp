// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/hash.hpp"
#include "base/padded_buffer.hpp"
#include "base/result.hpp"

#include <functional>
#include <optional>
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

// The whole lines of a file, some at a time, so that `take` finds them in the processor's cache;
// the last piece may end without a newline. Gives the hash of the file's bytes; none when `take`
// wanted no more, or the file changed its size meanwhile. Error as above.
Result<std::optional<Hash128>> read_file_lines(const std::string& path,
                                               const std::function<bool(std::string_view)>& take);

}  // namespace base
