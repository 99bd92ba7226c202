// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace base {

// Opens the first of these libraries that the loader finds, for good: its code may be called until
// the end of the program. Null when there is none.
void* open_shared_library(std::span<const char* const> names);

// What the library defines under that name, or null.
void* symbol_of(void* library, const char* name);

// The same as a pointer to a function; false when there is none.
template <class Function>
bool find_function(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(symbol_of(library, name));
  return function != nullptr;
}

}  // namespace base
