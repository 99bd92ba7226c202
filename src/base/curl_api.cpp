// SPDX-License-Identifier: Apache-2.0
#include "base/curl_api.hpp"

#include <dlfcn.h>

namespace base {
namespace {

#ifdef __APPLE__
constexpr const char* kFiles[] = {"libcurl.4.dylib", "/usr/lib/libcurl.4.dylib"};
#else
constexpr const char* kFiles[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif

void* open_library() {
  for (const char* file : kFiles)
    if (void* library = dlopen(file, RTLD_NOW | RTLD_LOCAL); library != nullptr) return library;
  return nullptr;
}

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

bool find_all(void* library, CurlApi& api) {
#define FSIM_FIND(name) find(library, "curl_" #name, api.name)
  return FSIM_FIND(global_init) && FSIM_FIND(free) && FSIM_FIND(easy_init) &&
         FSIM_FIND(easy_reset) && FSIM_FIND(easy_cleanup) && FSIM_FIND(easy_setopt) &&
         FSIM_FIND(easy_getinfo) && FSIM_FIND(easy_strerror) && FSIM_FIND(multi_init) &&
         FSIM_FIND(multi_cleanup) && FSIM_FIND(multi_add_handle) &&
         FSIM_FIND(multi_remove_handle) && FSIM_FIND(multi_perform) && FSIM_FIND(multi_poll) &&
         FSIM_FIND(multi_info_read) && FSIM_FIND(slist_append) && FSIM_FIND(slist_free_all) &&
         FSIM_FIND(url) && FSIM_FIND(url_cleanup) && FSIM_FIND(url_set) && FSIM_FIND(url_get);
#undef FSIM_FIND
}

}  // namespace

const CurlApi* curl_api() {
  static CurlApi api{};
  static const bool usable = [] {
    void* library = open_library();
    return library != nullptr && find_all(library, api) &&
           api.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  }();
  return usable ? &api : nullptr;
}

}  // namespace base
