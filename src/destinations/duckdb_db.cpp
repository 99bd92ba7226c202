// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_db.hpp"

#include "destinations/duckdb_error.hpp"
#include "destinations/sql_text.hpp"

#include <thread>

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr std::chrono::milliseconds kPause{50};

}  // namespace

base::Result<DuckDb> DuckDb::open(const duck::Api& api, const DuckPlace& place, DuckMode mode,
                                  std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (true) {
    std::string why;
    if (duck::Database database = open_duckdb_file(api, place.path, mode, why);
        database != nullptr) {
      const auto close = [&api](void* opened) {
        auto closing = static_cast<duck::Database>(opened);
        api.close(&closing);
      };
      DuckDb db(api, std::shared_ptr<void>(database, close), place);
      FSIM_TRY(db.connect());
      return db;
    }
    if (!is_duckdb_lock(why) || std::chrono::steady_clock::now() >= deadline)
      return tl::unexpected(duckdb_error("open", place.name, why));
    std::this_thread::sleep_for(kPause);
  }
}

base::Result<void> DuckDb::connect() {
  duck::Connection connection = nullptr;
  if (api_->connect(static_cast<duck::Database>(database_.get()), &connection) != duck::kSuccess)
    return tl::unexpected(duckdb_error("open", name(), "it takes no connection"));
  connection_ = {connection, {api_}};
  // Where DuckDB turns times into texts or days by itself, it is to do so in UTC as all engines do.
  // Without its extension for time zones it knows no other.
  [[maybe_unused]] const auto zone = execute("SET TimeZone = 'UTC'", "open");
  FSIM_ASSIGN(const auto current, select("SELECT current_database()", "open"));
  catalog_ = current.at(0).at(0).value_or("");
  FSIM_TRY(use_schema());
  return {};
}

base::Result<DuckDb> DuckDb::again() const {
  DuckDb db(*api_, database_, place_);
  FSIM_TRY(db.connect());
  return db;
}

base::Result<bool> DuckDb::use_schema() {
  FSIM_ASSIGN(const auto found,
              select(fmt::format("SELECT 1 FROM duckdb_schemas() WHERE database_name = {} AND "
                                 "schema_name = {}",
                                 literal(catalog_), literal(schema())),
                     "open"));
  if (found.empty()) return false;
  FSIM_TRY(execute(fmt::format("USE {}.{}", quoted_name(catalog_), quoted_name(schema())), "open"));
  return true;
}

base::Result<void> DuckDb::make_schema() {
  FSIM_TRY(execute(fmt::format("CREATE SCHEMA IF NOT EXISTS {}.{}", quoted_name(catalog_),
                               quoted_name(schema())),
                   "create"));
  FSIM_TRY(use_schema());
  return {};
}

std::string DuckDb::qualified(std::string_view table) const {
  return fmt::format("{}.{}.{}", quoted_name(catalog_), quoted_name(schema()), quoted_name(table));
}

base::Result<DuckResult> DuckDb::run(const std::string& sql, std::string_view doing) {
  duck::Result result;
  if (api_->query(connection(), sql.c_str(), &result) == duck::kSuccess)
    return DuckResult(*api_, result, name());
  const char* message = api_->result_error(&result);
  base::Error error = duckdb_error(doing, name(), message == nullptr ? "it failed" : message);
  api_->destroy_result(&result);
  return tl::unexpected(std::move(error));
}

base::Result<void> DuckDb::execute(const std::string& sql, std::string_view doing) {
  FSIM_TRY(run(sql, doing));
  return {};
}

base::Result<std::uint64_t> DuckDb::change(const std::string& sql, std::string_view doing) {
  FSIM_ASSIGN(DuckResult result, run(sql, doing));
  return result.rows_changed();
}

base::Result<std::vector<SqlRow>> DuckDb::select(const std::string& sql, std::string_view doing) {
  FSIM_ASSIGN(DuckResult result, run(sql, doing));
  std::vector<SqlRow> rows;
  while (true) {
    FSIM_ASSIGN(const bool more, result.next());
    if (!more) return rows;
    SqlRow& row = rows.emplace_back(result.columns());
    for (std::size_t c = 0; c < row.size(); ++c)
      if (!result.is_null(c)) row[c] = result.text(c);
  }
}

base::Result<DuckStatement> DuckDb::prepare(const std::string& sql, std::string_view doing) {
  duck::Prepared prepared = nullptr;
  const duck::State state = api_->prepare(connection(), sql.c_str(), &prepared);
  DuckStatement statement(*api_, prepared, name());
  if (state == duck::kSuccess) return statement;
  const char* message = prepared == nullptr ? nullptr : api_->prepare_error(prepared);
  return tl::unexpected(duckdb_error(doing, name(), message == nullptr ? "it failed" : message));
}

base::Result<std::uint64_t> DuckDb::count_statements(const std::string& sql,
                                                     std::string_view doing) {
  duck::Extracted extracted = nullptr;
  const std::uint64_t count = api_->extract_statements(connection(), sql.c_str(), &extracted);
  const char* message = api_->extract_statements_error(extracted);
  const std::string why = count > 0 || message == nullptr ? "" : message;
  api_->destroy_extracted(&extracted);
  if (!why.empty()) return tl::unexpected(duckdb_error(doing, name(), why));
  return count;
}

}  // namespace destinations
