// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "destinations/duckdb_api.hpp"
#include "destinations/duckdb_file.hpp"
#include "destinations/duckdb_result.hpp"
#include "destinations/sql_session.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace destinations {

// A prepared statement.
class DuckStatement {
 public:
  DuckStatement() = default;
  DuckStatement(const duck::Api& api, duck::Prepared prepared, std::string name)
      : api_(&api), prepared_(prepared, {&api}), name_(std::move(name)) {}

  explicit operator bool() const noexcept { return prepared_ != nullptr; }
  duck::StatementType type() const;

  // Runs it to its end; `doing` is for the message: "load orders into".
  base::Result<DuckResult> run(std::string_view doing);
  // Gives rows as they are made, in memory that does not depend on their number. Until the result
  // is gone its connection runs nothing else.
  base::Result<DuckResult> stream(std::string_view doing);

 private:
  struct Destroy {
    const duck::Api* api;
    void operator()(duck::Prepared prepared) const { api->destroy_prepare(&prepared); }
  };
  base::Result<DuckResult> finish(duck::State state, duck::Result result, std::string_view doing);

  const duck::Api* api_ = nullptr;
  std::unique_ptr<std::remove_pointer_t<duck::Prepared>, Destroy> prepared_;
  std::string name_;
};

// Where a schema lies.
struct DuckPlace {
  std::string path;
  std::string name;  // how messages call it: "duckdb:w.duckdb"
  std::string schema;
};

// A connection to one schema of a DuckDB file, for one thread at a time. Reads no other file and
// writes none, and loads no extension, whatever a statement asks for.
class DuckDb final : public SqlSession {
 public:
  // DuckDB lets one process write a file or several read it; waits up to `patience` for the others,
  // then fails (environment) and names one.
  static base::Result<DuckDb> open(const duck::Api& api, const DuckPlace& place, DuckMode mode,
                                   std::chrono::milliseconds patience);
  // A second connection to the same open file and schema.
  base::Result<DuckDb> again() const;

  // Whether the schema is there; if so names without a schema mean its tables.
  base::Result<bool> use_schema();
  base::Result<void> make_schema();

  base::Result<void> execute(const std::string& sql, std::string_view doing) override;
  base::Result<std::uint64_t> change(const std::string& sql, std::string_view doing) override;
  base::Result<std::vector<SqlRow>> select(const std::string& sql, std::string_view doing) override;
  std::string qualified(std::string_view table) const override;
  const std::string& schema() const override { return place_.schema; }
  const std::string& name() const override { return place_.name; }

  base::Result<DuckResult> run(const std::string& sql, std::string_view doing);
  base::Result<DuckStatement> prepare(const std::string& sql, std::string_view doing);
  // How many statements `sql` holds. Error: it cannot be read.
  base::Result<std::uint64_t> count_statements(const std::string& sql, std::string_view doing);

  const duck::Api& api() const noexcept { return *api_; }
  duck::Connection connection() const noexcept { return connection_.get(); }
  // What the file is called inside: the first part of full names.
  const std::string& catalog() const noexcept { return catalog_; }
  void set_schema(std::string schema) { place_.schema = std::move(schema); }

 private:
  struct Close {
    const duck::Api* api;
    void operator()(duck::Connection connection) const { api->disconnect(&connection); }
  };
  DuckDb(const duck::Api& api, std::shared_ptr<void> database, DuckPlace place)
      : api_(&api), database_(std::move(database)), place_(std::move(place)) {}
  base::Result<void> connect();

  const duck::Api* api_;
  std::shared_ptr<void> database_;  // closed after the last connection
  std::unique_ptr<std::remove_pointer_t<duck::Connection>, Close> connection_;
  DuckPlace place_;
  std::string catalog_;
};

}  // namespace destinations
