// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_engine.hpp"
#include "destinations/sql_text.hpp"

#include <thread>

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr std::chrono::milliseconds kPause{50};

// A lock of the server that ends with the session, however that dies; whose it is, the name of the
// session tells (pg_stat_activity, pg_locks). The number is made from the schema's name.
std::string lock_number(const std::string& schema) {
  return fmt::format("hashtextextended({}, 0)", literal("fivetran-sim " + schema));
}

base::Result<std::string> holder(PostgresSession& session) {
  FSIM_ASSIGN(
      const PostgresResult found,
      session.run(fmt::format("SELECT application_name FROM pg_catalog.pg_locks JOIN "
                              "pg_catalog.pg_stat_activity USING (pid) WHERE locktype = 'advisory' "
                              "AND granted AND objsubid = 1 AND datname = current_database() AND "
                              "(classid::bigint << 32 | objid::bigint) = {}",
                              lock_number(session.schema())),
                  "open"));
  // The server hides the names of other roles' sessions.
  if (found.rows() == 0 || found.text(0, 0).empty()) return "another run";
  return std::string(found.text(0, 0));
}

}  // namespace

base::Result<void> lock_schema(PostgresSession& session, const OpenOptions& options) {
  const auto deadline = std::chrono::steady_clock::now() + options.lock_patience;
  while (true) {
    FSIM_ASSIGN(
        const PostgresResult taken,
        session.run(fmt::format("SELECT pg_try_advisory_lock({})", lock_number(session.schema())),
                    "lock"));
    if (taken.text(0, 0) == "t") return {};
    if (std::chrono::steady_clock::now() >= deadline) {
      FSIM_ASSIGN(const std::string who, holder(session));
      return base::fail(base::ErrorKind::environment,
                        fmt::format("cannot open {}: {} holds the schema {} (wait until it has "
                                    "ended, or choose another --schema or --destination)",
                                    session.name(), who, session.schema()));
    }
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace destinations
