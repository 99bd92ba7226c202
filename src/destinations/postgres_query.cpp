// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_engine.hpp"
#include "destinations/postgres_error.hpp"
#include "destinations/postgres_types.hpp"

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr char kDoing[] = "run the statement in";

bool starts_statement_error(const std::string& state) {
  return state.starts_with("42") || state.starts_with("22") || state.starts_with("0A") ||
         state.starts_with("21") || state.starts_with("26") || state.starts_with("25");
}

tl::unexpected<base::Error> statement_error(const PostgresSession& session,
                                            const PostgresResult& result) {
  const auto usage = [&](std::string_view reason) {
    return base::fail(base::ErrorKind::usage,
                      fmt::format("cannot {} {}: {}", kDoing, session.name(), reason));
  };
  if (result.status() == kEmptyQuery) return usage("exactly one statement is needed");
  if (result.status() == kCopyIn || result.status() == kCopyOut)
    return usage("COPY is not possible here (use SELECT)");
  const std::string state = result.field(kFieldSqlState);
  if (state == "25006")
    return usage(
        "only reading is allowed here (use SELECT; to change the database open it with another "
        "tool)");
  const std::string message = result.field(kFieldMessage);
  if (message.find("multiple commands") != message.npos)
    return usage("exactly one statement is needed");
  if (starts_statement_error(state)) return usage(one_line(message));
  return tl::unexpected(session.error(kDoing, &result));
}

core::QueryResult read_all(const PostgresResult& result) {
  core::QueryResult all;
  for (int column = 0; column < result.columns(); ++column) {
    all.columns.push_back(result.column_name(column));
    all.types.push_back(type_of_oid(result.type_oid(column)));
  }
  for (int row = 0; row < result.rows(); ++row) {
    auto& cells = all.rows.emplace_back();
    for (int column = 0; column < result.columns(); ++column) {
      auto& cell = cells.emplace_back();
      if (!result.is_null(row, column))
        cell =
            canonical_text(result.text(row, column), all.types[static_cast<std::size_t>(column)]);
    }
  }
  return all;
}

}  // namespace

// In a transaction that reads only, which is rolled back: whatever the statement is, nothing of it
// stays.
base::Result<core::QueryResult> PostgresEngine::query(std::string_view sql) {
  FSIM_TRY(execute("BEGIN READ ONLY", kDoing));
  const PostgresResult result = session_.run_unknown(std::string(sql));
  base::Result<core::QueryResult> outcome;
  if (result.has_worked())
    outcome = read_all(result);
  else
    outcome = statement_error(session_, result);
  if (result.status() == kCopyIn) session_.abandon_copy();
  if (result.status() == kCopyOut) session_.skip_copy();
  if (session_.is_alive()) FSIM_TRY(execute("ROLLBACK", kDoing));
  return outcome;
}

}  // namespace destinations
