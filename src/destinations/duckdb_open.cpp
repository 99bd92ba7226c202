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

DuckDestination::DuckDestination(std::unique_ptr<DuckDb> db, RunLock lock, OpenOptions options)
    : SqlDestination(*db, std::move(options)), lock_(std::move(lock)), db_(std::move(db)) {}

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
      new DuckDestination(std::make_unique<DuckDb>(std::move(db)), std::move(lock), options));
  if (options.read_only && options.read_foreign) {
    FSIM_ASSIGN(made->foreign_, is_foreign(*made->db_));
    if (made->foreign_) {
      FSIM_ASSIGN(Catalog catalog, read_foreign_catalog(*made->db_));
      made->show_catalog(std::move(catalog));
      return made;
    }
  }
  FSIM_TRY(made->read_book());
  FSIM_ASSIGN(made->storages_, read_storages(*made->db_, made->book().catalog));
  return made;
}

}  // namespace destinations
