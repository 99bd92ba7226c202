// SPDX-License-Identifier: Apache-2.0
#include "destinations/database_file.hpp"
#include "destinations/duckdb_convert.hpp"
#include "destinations/duckdb_destination.hpp"
#include "destinations/duckdb_foreign.hpp"
#include "destinations/duckdb_library.hpp"

#include <filesystem>

#include <fmt/format.h>

namespace destinations {
namespace {

namespace fs = std::filesystem;

// Where a schema that is only read has to be there. For a comparison the one that `fivetran debug`
// fills will do as well.
base::Result<void> check_schema(DuckDb& db, const OpenOptions& options) {
  FSIM_ASSIGN(bool found, db.use_schema());
  const std::string wanted = db.schema();
  if (!found && options.read_foreign) {
    db.set_schema(kTesterSchema);
    FSIM_ASSIGN(found, db.use_schema());
  }
  if (found) return {};
  return base::fail(base::ErrorKind::environment,
                    fmt::format("cannot open {}: it holds no schema {} (run a sync first, or give "
                                "another --destination or --schema)",
                                db.name(), wanted));
}

}  // namespace

DuckDestination::DuckDestination(DuckDb db, RunLock lock, OpenOptions options)
    : lock_(std::move(lock)), db_(std::move(db)), options_(std::move(options)), meta_(db_) {}

base::Result<std::unique_ptr<DuckDestination>> DuckDestination::open(const std::string& path,
                                                                     const std::string& schema,
                                                                     const OpenOptions& options) {
  FSIM_ASSIGN(const duck::Api* api, load_duckdb(options.duckdb_library));
  const DuckPlace place{fs::absolute(path).lexically_normal().string(), "duckdb:" + path, schema};
  RunLock lock;
  if (options.read_only) {
    FSIM_TRY(check_exists(place.path, place.name));
  } else {
    FSIM_TRY(make_folder_of(place.path, place.name));
    if (options.lock) {
      FSIM_ASSIGN(lock, RunLock::take(place.path + ".lock", place.name, options.holder,
                                      options.lock_patience));
    }
  }
  FSIM_ASSIGN(DuckDb db,
              DuckDb::open(*api, place, options.read_only ? DuckMode::read : DuckMode::write,
                           options.lock_patience));
  FSIM_TRY(add_duckdb_conversions(db));
  if (options.read_only) FSIM_TRY(check_schema(db, options));
  std::unique_ptr<DuckDestination> made(
      new DuckDestination(std::move(db), std::move(lock), options));
  if (options.read_only && options.read_foreign) {
    FSIM_ASSIGN(made->foreign_, is_foreign(made->db_));
    if (made->foreign_) {
      FSIM_ASSIGN(made->book_.catalog, read_foreign_catalog(made->db_));
      return made;
    }
  }
  FSIM_ASSIGN(made->ours_, made->meta_.is_ours());
  if (!made->ours_) return made;
  FSIM_ASSIGN(made->book_, made->meta_.read());
  FSIM_ASSIGN(made->storages_, read_storages(made->db_, made->book_.catalog));
  return made;
}

base::Result<void> DuckDestination::make_ours() {
  if (ours_) return {};
  FSIM_ASSIGN(SqlTransaction transaction, SqlTransaction::begin(db_, "create"));
  FSIM_TRY(db_.make_schema());
  FSIM_TRY(meta_.create());
  FSIM_TRY(transaction.commit());
  FSIM_ASSIGN(book_, meta_.read());
  ours_ = true;
  return {};
}

}  // namespace destinations
