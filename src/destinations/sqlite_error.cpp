// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_error.hpp"

#include "base/fd.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace destinations {
namespace {

std::string system_reason(const SqliteFailure& failure, std::string_view otherwise) {
  return failure.system_errno != 0 ? base::errno_text(failure.system_errno)
                                   : std::string(otherwise);
}

std::string reason(const SqliteFailure& failure) {
  switch (failure.code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "another program has locked it (close that program and try again)";
    case SQLITE_FULL: return "the disk is full (free some space; what was loaded before is kept)";
    case SQLITE_READONLY:
      return "it is read-only (make it writable or choose another --destination)";
    case SQLITE_NOTADB: return "it is not a SQLite database (choose another --destination)";
    case SQLITE_CORRUPT:
      return "the database is damaged (restore it or choose another --destination)";
    case SQLITE_CANTOPEN: return system_reason(failure, "it cannot be opened or made");
    case SQLITE_PERM:
    case SQLITE_AUTH: return "permission denied";
    case SQLITE_IOERR:
      return fmt::format("reading or writing the disk failed: {}",
                         system_reason(failure, failure.message));
    case SQLITE_TOOBIG: return "a value is larger than SQLite stores (1 GB)";
    case SQLITE_NOMEM: return "out of memory";
    default: return failure.message;
  }
}

bool is_our_mistake(int code) {
  switch (code & 0xFF) {
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_SCHEMA: return true;
    default: return false;
  }
}

}  // namespace

base::Error sqlite_error(std::string_view doing, std::string_view name,
                         const SqliteFailure& failure) {
  return {is_our_mistake(failure.code) ? base::ErrorKind::internal : base::ErrorKind::environment,
          fmt::format("cannot {} {}: {}", doing, name, reason(failure))};
}

}  // namespace destinations
