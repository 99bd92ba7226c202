// SPDX-License-Identifier: Apache-2.0
#include "base/shared_library.hpp"

#include <dlfcn.h>

namespace base {

void* open_shared_library(std::span<const char* const> names) {
  for (const char* name : names)
    if (void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL); library != nullptr) return library;
  return nullptr;
}

void* symbol_of(void* library, const char* name) {
  return dlsym(library, name);
}

}  // namespace base
