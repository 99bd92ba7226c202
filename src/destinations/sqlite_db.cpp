// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_db.hpp"

#include "destinations/sqlite_error.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>
#include <sqlite3.h>

namespace destinations {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyTimeoutMs = 5000;

// What a statement may do while only reading is allowed.
int only_reading(void*, int action, const char* name, const char*, const char*, const char*) {
  static constexpr std::array<std::string_view, 8> kReadingPragmas = {
      "table_info", "table_xinfo", "table_list",      "index_list",
      "index_info", "index_xinfo", "integrity_check", "compile_options"};
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_PRAGMA:
      return std::ranges::find(kReadingPragmas, std::string_view(name)) != kReadingPragmas.end()
                 ? SQLITE_OK
                 : SQLITE_DENY;
    default: return SQLITE_DENY;
  }
}

// As a URI that tells SQLite that nobody writes: it then needs neither locks nor files beside it.
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri + "?immutable=1";
}

// Beside the database lies what belongs to it: pages of a log, or what undoes a killed commit.
bool has_more_beside(const std::string& path) {
  return std::ranges::any_of(std::array{"-wal", "-journal"}, [&](const char* suffix) {
    std::error_code error;
    const auto size = fs::file_size(path + suffix, error);
    return !error && size > 0;
  });
}

}  // namespace

void SqliteDb::Close::operator()(sqlite3* db) const {
  sqlite3_close_v2(db);
}

base::Result<SqliteDb> SqliteDb::open_once(const std::string& path, const std::string& name,
                                           int flags) {
  // Counting its memory would take SQLite a lock for each allocation: a tenth of the load.
  [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  SqliteDb db(handle, name);
  if (code != SQLITE_OK) return tl::unexpected(db.error("open"));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  // A quoted name that is no column is an error, not a text.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  FSIM_TRY(db.execute("SELECT count(*) FROM sqlite_schema", "open"));
  return db;
}

base::Result<SqliteDb> SqliteDb::open(const std::string& path, const std::string& name,
                                      SqliteMode mode) {
  if (mode == SqliteMode::scratch)
    return open_once("", name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (mode == SqliteMode::write)
    return open_once(path, name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  // Opened for writing even to read: only so does SQLite take away its files beside the database
  // when it is closed. Where the folder does not allow them, nobody else can be writing either.
  auto db = open_once(path, name, SQLITE_OPEN_READWRITE);
  if (!db && !has_more_beside(path)) {
    auto frozen = open_once(immutable_uri(path), name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    if (frozen) db = std::move(frozen);
  }
  if (db) FSIM_TRY(db->execute("PRAGMA query_only = ON", "open"));
  return db;
}

base::Result<SqliteStatement> SqliteDb::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(error("use"));
  return SqliteStatement(statement);
}

base::Result<SqliteDb::Prepared> SqliteDb::prepare_first(std::string_view sql,
                                                         std::string_view doing) {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v2(handle(), sql.data(), static_cast<int>(sql.size()), &statement, &rest);
  if (code != SQLITE_OK) return tl::unexpected(error(doing));
  return Prepared{SqliteStatement(statement),
                  sql.substr(static_cast<std::size_t>(rest - sql.data()))};
}

base::Result<void> SqliteDb::execute(const std::string& sql, std::string_view doing) {
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return tl::unexpected(error(doing));
  return {};
}

std::int64_t SqliteDb::changes() const {
  return sqlite3_changes64(handle());
}
int SqliteDb::max_columns() const {
  return sqlite3_limit(handle(), SQLITE_LIMIT_COLUMN, -1);
}
bool SqliteDb::is_readonly() const {
  return sqlite3_db_readonly(handle(), "main") == 1;
}
void SqliteDb::guard(bool on) {
  sqlite3_set_authorizer(handle(), on ? only_reading : nullptr, nullptr);
}

bool SqliteDb::was_denied() const {
  return sqlite3_errcode(handle()) == SQLITE_AUTH;
}

base::Error SqliteDb::error(std::string_view doing) const {
  return sqlite_error(doing, name_,
                      {sqlite3_extended_errcode(handle()), sqlite3_errmsg(handle()),
                       sqlite3_system_errno(handle())});
}

base::Result<SqliteTransaction> SqliteTransaction::begin(SqliteDb& db, std::string_view doing) {
  FSIM_TRY(db.execute("BEGIN IMMEDIATE", doing));
  return SqliteTransaction(&db, doing);
}

SqliteTransaction::~SqliteTransaction() {
  if (db_ != nullptr) sqlite3_exec(db_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

base::Result<void> SqliteTransaction::commit() {
  FSIM_TRY(db_->execute("COMMIT", doing_));
  db_ = nullptr;
  return {};
}

}  // namespace destinations
