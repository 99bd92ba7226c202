// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_error.hpp"

#include <array>

#include <fmt/format.h>

namespace destinations {
namespace {

// The classes of SQLSTATE that say something about the server, the data or the role, not about our
// statements; 0A000, 2BP01 and 42501 beside them: what the user hung on our tables, and rights.
constexpr std::array<std::string_view, 12> kOfTheWorld = {"08", "28", "3D", "53", "54", "55",
                                                          "57", "58", "XX", "25", "40", "42501"};

bool is_of_the_world(std::string_view state) {
  if (state.empty()) return true;  // said by the client library, not by the server
  for (const std::string_view begin : kOfTheWorld)
    if (state.starts_with(begin)) return true;
  return state == "0A000" || state == "2BP01";
}

// The session is gone: the connection broke (class 08), or the server ended it and could still say
// so (57P01 to 57P03).
bool is_lost(const PostgresFailure& failure) {
  return failure.connection_lost || failure.state.starts_with("08") ||
         failure.state.starts_with("57P");
}

std::string advice(std::string_view state) {
  if (state == "53100") return " (free some space on the server; what was loaded before is kept)";
  if (state == "42501")
    return " (the role needs CREATE on the database and its schema, and TEMPORARY)";
  if (state == "0A000" || state == "2BP01")
    return " (drop what was built on the table, run again, build it anew)";
  return "";
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

std::string connect_advice(std::string_view message) {
  if (contains(message, "authentication failed") || contains(message, "no password supplied"))
    return "check user and password: in the URL, PGPASSWORD or ~/.pgpass";
  if (contains(message, "database") && contains(message, "does not exist"))
    return "create the database with createdb, or name another in the URL";
  if (contains(message, "role") && contains(message, "does not exist"))
    return "name an existing role: postgresql://ROLE@HOST/DATABASE";
  if (contains(message, "could not translate host name")) return "check the host in the URL";
  return "is the server running, and are host and port right?";
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  bool gap = false;
  for (const char c : text) {
    if (c == '\n') {
      gap = !line.empty();
    } else if (gap && (c == '\t' || c == ' ')) {
      continue;
    } else {
      if (gap) line += "; ";
      gap = false;
      line += c;
    }
  }
  return line;
}

base::Error postgres_error(std::string_view doing, std::string_view name,
                           const PostgresFailure& failure) {
  if (is_lost(failure))
    return {base::ErrorKind::environment,
            fmt::format("cannot {} {}: the connection to the server was lost (what was committed "
                        "is kept: run again when the server is back)",
                        doing, name)};
  std::string reason = one_line(failure.message);
  if (!failure.detail.empty()) reason += ": " + one_line(failure.detail);
  return {is_of_the_world(failure.state) ? base::ErrorKind::environment : base::ErrorKind::internal,
          fmt::format("cannot {} {}: {}{}", doing, name, reason, advice(failure.state))};
}

base::Error postgres_connect_error(std::string_view name, std::string_view message) {
  std::string reason = one_line(message);
  // Its own question behind each address is asked once, by us.
  constexpr std::string_view kQuestion = "; Is the server running";
  for (std::size_t at = reason.find(kQuestion); at != reason.npos; at = reason.find(kQuestion)) {
    const std::size_t end = reason.find('?', at);
    reason.erase(at, end == reason.npos ? reason.npos : end + 1 - at);
  }
  if (contains(reason, " URI") || reason.starts_with("invalid ") || reason.starts_with("missing "))
    return {base::ErrorKind::usage,
            fmt::format("cannot open {}: {} (give postgresql://USER@HOST:PORT/DATABASE)", name,
                        reason)};
  return {base::ErrorKind::environment,
          fmt::format("cannot open {}: {} ({})", name, reason, connect_advice(reason))};
}

}  // namespace destinations
