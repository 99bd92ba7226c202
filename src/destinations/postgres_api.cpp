// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_api.hpp"

#include "base/shared_library.hpp"

namespace destinations {
namespace {

#ifdef __APPLE__
constexpr const char* kFiles[] = {"libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib",
                                  "/usr/local/opt/libpq/lib/libpq.5.dylib"};
#else
constexpr const char* kFiles[] = {"libpq.so.5"};
#endif

bool find_all(void* library, PostgresApi& api) {
#define FSIM_FIND(name) base::find_function(library, #name, api.name)
  return FSIM_FIND(PQconnectdbParams) && FSIM_FIND(PQstatus) && FSIM_FIND(PQerrorMessage) &&
         FSIM_FIND(PQfinish) && FSIM_FIND(PQexec) && FSIM_FIND(PQexecParams) &&
         FSIM_FIND(PQresultStatus) && FSIM_FIND(PQresultErrorField) && FSIM_FIND(PQntuples) &&
         FSIM_FIND(PQnfields) && FSIM_FIND(PQfname) && FSIM_FIND(PQftype) &&
         FSIM_FIND(PQgetisnull) && FSIM_FIND(PQgetvalue) && FSIM_FIND(PQgetlength) &&
         FSIM_FIND(PQcmdTuples) && FSIM_FIND(PQclear) && FSIM_FIND(PQputCopyData) &&
         FSIM_FIND(PQputCopyEnd) && FSIM_FIND(PQgetCopyData) && FSIM_FIND(PQfreemem) &&
         FSIM_FIND(PQgetResult) && FSIM_FIND(PQsetNoticeProcessor);
#undef FSIM_FIND
}

}  // namespace

base::Result<const PostgresApi*> postgres_api() {
  static PostgresApi api{};
  static const bool found = [] {
    void* library = base::open_shared_library(kFiles);
    return library != nullptr && find_all(library, api);
  }();
  if (found) return &api;
  return base::fail(base::ErrorKind::environment,
                    "cannot use PostgreSQL: its client library libpq is not installed (apt-get "
                    "install libpq5   or   brew install libpq)");
}

}  // namespace destinations
