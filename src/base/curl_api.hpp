// SPDX-License-Identifier: Apache-2.0
#pragma once

// Its checks of argument types are macros over the functions' names.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

namespace base {

// What of libcurl is used, under its own names: https://curl.se/libcurl/c/. The library is opened
// when the first call over HTTP is made; it brings thirty others, which would take more time to
// load than everything else that a start of the program does.
struct CurlApi {
  decltype(&::curl_global_init) global_init;
  decltype(&::curl_free) free;
  decltype(&::curl_easy_init) easy_init;
  decltype(&::curl_easy_reset) easy_reset;
  decltype(&::curl_easy_cleanup) easy_cleanup;
  decltype(&::curl_easy_setopt) easy_setopt;
  decltype(&::curl_easy_getinfo) easy_getinfo;
  decltype(&::curl_easy_strerror) easy_strerror;
  decltype(&::curl_multi_init) multi_init;
  decltype(&::curl_multi_cleanup) multi_cleanup;
  decltype(&::curl_multi_add_handle) multi_add_handle;
  decltype(&::curl_multi_remove_handle) multi_remove_handle;
  decltype(&::curl_multi_perform) multi_perform;
  decltype(&::curl_multi_poll) multi_poll;
  decltype(&::curl_multi_info_read) multi_info_read;
  decltype(&::curl_slist_append) slist_append;
  decltype(&::curl_slist_free_all) slist_free_all;
  decltype(&::curl_url) url;
  decltype(&::curl_url_cleanup) url_cleanup;
  decltype(&::curl_url_set) url_set;
  decltype(&::curl_url_get) url_get;
};

// Opens libcurl once, and initialises it; null when it is not installed or too old.
const CurlApi* curl_api();

}  // namespace base
