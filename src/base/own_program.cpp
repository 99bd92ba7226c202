// SPDX-License-Identifier: Apache-2.0
#include "base/own_program.hpp"

#include <cstdint>
#include <filesystem>
#include <system_error>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

namespace base {

std::string own_program() {
  std::error_code error;
#ifdef __APPLE__
  char path[4096];
  std::uint32_t size = sizeof path;
  if (_NSGetExecutablePath(path, &size) != 0) return "";
  const auto file = std::filesystem::canonical(path, error);
#else
  const auto file = std::filesystem::read_symlink("/proc/self/exe", error);
#endif
  return error ? "" : file.string();
}

}  // namespace base
