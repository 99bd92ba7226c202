// SPDX-License-Identifier: Apache-2.0
#include "destinations/database_file.hpp"
#include "destinations/sqlite_convert.hpp"
#include "destinations/sqlite_destination.hpp"

#include <filesystem>

#include <fmt/format.h>

namespace destinations {
namespace {

namespace fs = std::filesystem;

// Pages of 16 KB load a third faster than SQLite's usual ones. The size can be set only before the
// file holds anything.
constexpr char kPageSize[] = "PRAGMA page_size = 16384";

// For a file that does not begin with a first load. Where it holds nothing, nothing is lost either
// when a power cut leaves it half-made: the disk is not waited for.
constexpr char kLog[] =
    "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL";

// secure_delete, which some systems switch on, would write zeros over each row that is replaced;
// legacy_alter_table lets a table be rebuilt while views of the user look at it.
constexpr char kWriting[] =
    "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA secure_delete = OFF; "
    "PRAGMA legacy_alter_table = ON; PRAGMA journal_size_limit = 67108864";

constexpr std::string_view kPrivate = "memory:";
constexpr char kScratch[] =
    "PRAGMA page_size = 16384; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF";

}  // namespace

SqliteDestination::SqliteDestination(SqliteDb db, RunLock lock, OpenOptions options)
    : PagedDestination(meta_, std::move(options)),
      lock_(std::move(lock)),
      db_(std::move(db)),
      meta_(db_, db_.name() != kPrivate) {}

base::Result<std::unique_ptr<SqliteDestination>> SqliteDestination::open_file(
    const std::string& path, const OpenOptions& options) {
  const std::string name = "sqlite:" + path;
  const std::string full_path = fs::absolute(path).lexically_normal().string();
  RunLock lock;
  if (options.read_only) {
    FSIM_TRY(check_exists(full_path, name));
  } else {
    FSIM_TRY(make_folder_of(full_path, name));
    if (options.lock) {
      FSIM_ASSIGN(lock,
                  RunLock::take(full_path + ".lock", name, options.holder, options.lock_patience));
    }
  }
  FSIM_TRY(SqliteFirstLoad::check(full_path, name));
  FSIM_ASSIGN(
      SqliteDb db,
      SqliteDb::open(full_path, name, options.read_only ? SqliteMode::read : SqliteMode::write));
  if (!options.read_only && db.is_readonly())
    return base::fail(base::ErrorKind::environment,
                      fmt::format("cannot write {}: it is read-only (make it writable or choose "
                                  "another --destination)",
                                  name));
  FSIM_ASSIGN(auto made, finish(std::move(db), std::move(lock), options));
  if (options.read_only) return made;
  made->checkpoints_ = SqliteCheckpoints(made->db_, full_path);
  made->first_load_ = SqliteFirstLoad(made->db_, full_path);
  FSIM_TRY(made->first_load_.take_up());
  // Where somebody read when a first load ended, the file has no log yet. It need not have one.
  if (made->is_ours()) static_cast<void>(made->db_.execute("PRAGMA journal_mode = WAL", "open"));
  return made;
}

base::Result<std::unique_ptr<SqliteDestination>> SqliteDestination::open_scratch(
    const OpenOptions& options) {
  FSIM_ASSIGN(SqliteDb db, SqliteDb::open("", std::string(kPrivate), SqliteMode::scratch));
  FSIM_TRY(db.execute(kScratch, "open"));
  return finish(std::move(db), RunLock(), options);
}

base::Result<std::unique_ptr<SqliteDestination>> SqliteDestination::finish(
    SqliteDb db, RunLock lock, const OpenOptions& options) {
  std::unique_ptr<SqliteDestination> made(
      new SqliteDestination(std::move(db), std::move(lock), options));
  FSIM_TRY(add_conversions(made->db_));
  made->rows_ = std::make_unique<SqliteRowSource>(made->db_);
  FSIM_TRY(made->read_book());
  if (!options.read_only) FSIM_TRY(made->db_.execute(kWriting, "open"));
  return made;
}

base::Result<void> SqliteDestination::prepare_to_create() {
  if (db_.name() == kPrivate) return {};
  FSIM_TRY(db_.execute(kPageSize, "create"));
  FSIM_ASSIGN(const bool first_load, first_load_.begin());
  return first_load ? base::Result<void>() : db_.execute(kLog, "create");
}

}  // namespace destinations
