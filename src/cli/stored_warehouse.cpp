// SPDX-License-Identifier: Apache-2.0
#include "cli/stored_warehouse.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

// A schema belongs to one target; another one must say that it takes over (design §2).
base::Result<void> check_owner(core::Destination& destination, const std::string& target,
                               const Arguments& args) {
  FSIM_ASSIGN(const auto owner, destination.connection());
  if (!owner || args.adopt || args.full_refresh) return {};
  if (!args.naming.empty() && owner->naming != args.naming)
    return fail(ErrorKind::usage,
                fmt::format("schema {} of {} has {} names, not {} ones, which would make other "
                            "tables (leave --naming out, go on with --adopt, or start over with "
                            "--full-refresh)",
                            schema_of(args), destination.describe(), owner->naming, args.naming));
  if (owner->target == target) return {};
  const bool may_take_over = args.command == "run" || args.command == "record";
  return fail(
      ErrorKind::usage,
      fmt::format("schema {} of {} belongs to {}, not to {} ({}choose another --schema or "
                  "--destination)",
                  schema_of(args), destination.describe(), owner->target, target,
                  may_take_over ? "go on with --adopt, start over with --full-refresh, or " : ""));
}

base::Result<void> open_named(Session& session, const Arguments& args) {
  FSIM_ASSIGN(session.destination, open_destination(args, Access::load));
  session.naming = args.naming.empty() ? "fivetran" : args.naming;
  FSIM_ASSIGN(const auto owner, session.destination->connection());
  if (!args.naming.empty() || !owner || owner->naming == session.naming) return {};
  Arguments as_stored = args;
  as_stored.naming = session.naming = owner->naming;
  session.destination.reset();  // gives its lock back
  FSIM_ASSIGN(session.destination, open_destination(as_stored, Access::load));
  return {};
}

}  // namespace

base::Result<void> open_stored(Session& session, const Arguments& args, const std::string& target) {
  FSIM_TRY(open_named(session, args));
  FSIM_TRY(check_owner(*session.destination, target, args));
  session.settings.claim = core::ConnectionInfo{target, session.naming};
  session.settings.source_naming = session.naming == "source";
  return {};
}

}  // namespace cli
