// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_session.hpp"

#include "destinations/postgres_error.hpp"
#include "destinations/postgres_url.hpp"
#include "destinations/run_lock.hpp"
#include "destinations/sql_text.hpp"

#include <array>
#include <cstdlib>

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr std::size_t kLongestName = 63;  // of an application_name

void ignore_notice(void*, const char*) {}

// The settings of a session decide how values print and what may interrupt a load; jit would spend
// seconds on the long expressions of wide tables. The server looks now and then whether we are
// still there, so that the lock of a killed run ends with it (from PostgreSQL 14 on).
constexpr char kSettings[] =
    "SET client_min_messages = error; SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; "
    "SET extra_float_digits = 1; SET standard_conforming_strings = on; SET jit = off; "
    "SET statement_timeout = 0; SET lock_timeout = 0; "
    "SET idle_in_transaction_session_timeout = 0; "
    "SELECT set_config(name, '500', false) FROM pg_catalog.pg_settings "
    "WHERE name = 'client_connection_check_interval'";

}  // namespace

bool PostgresResult::has_worked() const {
  return status() == kCommandOk || status() == kTuplesOk;
}

std::string_view PostgresResult::text(int row, int column) const {
  return {api_->PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(api_->PQgetlength(result_.get(), row, column))};
}

std::uint64_t PostgresResult::changed_rows() const {
  return std::strtoull(api_->PQcmdTuples(result_.get()), nullptr, 10);
}

std::string PostgresResult::field(int code) const {
  const char* text = api_->PQresultErrorField(result_.get(), code);
  return text == nullptr ? "" : text;
}

PostgresSession::PostgresSession(const PostgresApi& api, pg_conn* connection,
                                 const std::string& url, std::string schema)
    : api_(&api),
      connection_(connection, {&api}),
      name_(without_password(url)),
      schema_(std::move(schema)) {}

base::Result<PostgresSession> PostgresSession::connect(const std::string& url,
                                                       const std::string& schema,
                                                       const OpenOptions& options) {
  FSIM_ASSIGN(const PostgresApi* api, postgres_api());
  // What the URL says comes after our defaults and before what has to be so.
  const std::string application = holder_text(options.holder).substr(0, kLongestName);
  const std::array<const char*, 5> names = {"connect_timeout", "dbname", "application_name",
                                            "client_encoding", nullptr};
  const std::array<const char*, 5> values = {"15", url.c_str(), application.c_str(), "UTF8",
                                             nullptr};
  PostgresSession session(*api, api->PQconnectdbParams(names.data(), values.data(), 1), url,
                          schema);
  if (!session.is_alive()) {
    const char* reason = api->PQerrorMessage(session.connection_.get());
    return tl::unexpected(postgres_connect_error(session.name_, without_passwords_of(url, reason)));
  }
  FSIM_TRY(session.set_up(options));
  return session;
}

base::Result<void> PostgresSession::set_up(const OpenOptions& options) {
  api_->PQsetNoticeProcessor(connection_.get(), ignore_notice, nullptr);
  FSIM_TRY(run(kSettings, "open"));
  FSIM_TRY(run("SET search_path = " + quoted_name(schema_), "open"));
  if (options.read_only) FSIM_TRY(run("SET default_transaction_read_only = on", "open"));
  return {};
}

base::Result<PostgresResult> PostgresSession::run(const std::string& sql, std::string_view doing) {
  PostgresResult result(*api_, api_->PQexec(connection_.get(), sql.c_str()));
  if (!result.has_worked()) return tl::unexpected(error(doing, &result));
  return result;
}

PostgresResult PostgresSession::run_unknown(const std::string& sql) {
  return {*api_, api_->PQexecParams(connection_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr,
                                    nullptr, 0)};
}

base::Result<void> PostgresSession::begin_copy(const std::string& sql, std::string_view doing) {
  const PostgresResult result(*api_, api_->PQexec(connection_.get(), sql.c_str()));
  if (result.status() != kCopyIn) return tl::unexpected(error(doing, &result));
  return {};
}

bool PostgresSession::send(const std::string& bytes) {
  return api_->PQputCopyData(connection_.get(), bytes.data(), static_cast<int>(bytes.size())) == 1;
}

base::Result<void> PostgresSession::end_copy(std::string_view doing) {
  if (api_->PQputCopyEnd(connection_.get(), nullptr) != 1)
    return tl::unexpected(error(doing, nullptr));
  base::Result<void> outcome;
  while (pg_result* next = api_->PQgetResult(connection_.get())) {
    const PostgresResult result(*api_, next);
    if (!result.has_worked() && outcome) outcome = tl::unexpected(error(doing, &result));
  }
  return outcome;
}

void PostgresSession::abandon_copy() noexcept {
  if (!is_alive()) return;
  api_->PQputCopyEnd(connection_.get(), "given up");
  while (pg_result* next = api_->PQgetResult(connection_.get())) api_->PQclear(next);
}

void PostgresSession::skip_copy() noexcept {
  char* line = nullptr;
  while (api_->PQgetCopyData(connection_.get(), &line, 0) > 0) api_->PQfreemem(line);
  while (pg_result* next = api_->PQgetResult(connection_.get())) api_->PQclear(next);
}

base::Error PostgresSession::error(std::string_view doing, const PostgresResult* result) const {
  PostgresFailure failure;
  failure.connection_lost = !is_alive();
  if (result != nullptr) {
    failure.state = result->field(kFieldSqlState);
    failure.message = result->field(kFieldMessage);
    failure.detail = result->field(kFieldDetail);
  }
  if (failure.message.empty()) failure.message = api_->PQerrorMessage(connection_.get());
  return postgres_error(doing, name_, failure);
}

}  // namespace destinations
