// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "destinations/options.hpp"
#include "destinations/postgres_api.hpp"
#include "destinations/sql_session.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace destinations {

// The rows that a statement gave; cells are texts that live as long as this.
class PostgresResult {
 public:
  PostgresResult(const PostgresApi& api, pg_result* result) : api_(&api), result_(result, {&api}) {}

  int status() const { return api_->PQresultStatus(result_.get()); }
  bool has_worked() const;
  int rows() const { return api_->PQntuples(result_.get()); }
  int columns() const { return api_->PQnfields(result_.get()); }
  std::string column_name(int column) const { return api_->PQfname(result_.get(), column); }
  unsigned type_oid(int column) const { return api_->PQftype(result_.get(), column); }
  bool is_null(int row, int column) const {
    return api_->PQgetisnull(result_.get(), row, column) != 0;
  }
  std::string_view text(int row, int column) const;
  std::uint64_t changed_rows() const;
  // kFieldSqlState, kFieldMessage, kFieldDetail; empty when it is not told.
  std::string field(int code) const;

 private:
  struct Clear {
    const PostgresApi* api;
    void operator()(pg_result* result) const { api->PQclear(result); }
  };
  const PostgresApi* api_;
  std::unique_ptr<pg_result, Clear> result_;
};

// A connection to a PostgreSQL server, set up for one schema: times in UTC, no notices, names are
// looked up in the schema.
class PostgresSession {
 public:
  // Error (environment): libpq is missing, or the server does not let us in. Error (usage): the URL
  // is malformed. Passwords stand in no message.
  static base::Result<PostgresSession> connect(const std::string& url, const std::string& schema,
                                               const OpenOptions& options);

  base::Result<PostgresResult> run(const std::string& sql, std::string_view doing);
  // The same for exactly one statement, of which nothing is known.
  PostgresResult run_unknown(const std::string& sql);
  // Copies from the client: begin, any number of send, then end, or abandon to take all back.
  base::Result<void> begin_copy(const std::string& sql, std::string_view doing);
  bool send(const std::string& bytes);
  base::Result<void> end_copy(std::string_view doing);
  void abandon_copy() noexcept;
  // Reads what a copy to the client sends, and forgets it.
  void skip_copy() noexcept;

  base::Error error(std::string_view doing, const PostgresResult* result) const;
  bool is_alive() const { return api_->PQstatus(connection_.get()) == kConnectionOk; }
  const std::string& name() const noexcept { return name_; }
  const std::string& schema() const noexcept { return schema_; }

 private:
  struct Finish {
    const PostgresApi* api;
    void operator()(pg_conn* connection) const { api->PQfinish(connection); }
  };
  PostgresSession(const PostgresApi& api, pg_conn* connection, const std::string& url,
                  std::string schema);
  base::Result<void> set_up(const OpenOptions& options);

  const PostgresApi* api_;
  std::unique_ptr<pg_conn, Finish> connection_;
  std::string name_, schema_;
};

}  // namespace destinations
