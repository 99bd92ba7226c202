// SPDX-License-Identifier: Apache-2.0
#include "base/curl_api.hpp"

#include "base/shared_library.hpp"

namespace base {
namespace {

#ifdef __APPLE__
constexpr const char* kFiles[] = {"libcurl.4.dylib", "/usr/lib/libcurl.4.dylib"};
#else
constexpr const char* kFiles[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif

bool find_all(void* library, CurlApi& api) {
#define FSIM_FIND(name) find_function(library, "curl_" #name, api.name)
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
    void* library = open_shared_library(kFiles);
    return library != nullptr && find_all(library, api) &&
           api.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  }();
  return usable ? &api : nullptr;
}

}  // namespace base
