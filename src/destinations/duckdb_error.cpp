// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_error.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace destinations {
namespace {

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

// "Conflicting lock is held in /usr/bin/python3 (PID 4711) by user x." tells who.
std::string lock_reason(std::string_view message) {
  constexpr std::string_view kHeld = "lock is held in ";
  const std::size_t begin = message.find(kHeld);
  const std::size_t end = message.find(')', begin == message.npos ? 0 : begin);
  const std::string holder =
      begin == message.npos || end == message.npos
          ? "another process"
          : std::string(message.substr(begin + kHeld.size(), end + 1 - begin - kHeld.size()));
  return fmt::format(
      "{} has it open, and DuckDB lets one process at a time write a file (wait until it has "
      "ended, or choose another --destination)",
      holder);
}

// The first line without "Binder Error: " in front; the others show the statement.
std::string first_line(std::string_view message) {
  std::string_view line = message.substr(0, message.find('\n'));
  const std::size_t colon = line.find(" Error: ");
  if (colon != line.npos && colon < 30) line.remove_prefix(colon + 8);
  while (!line.empty() && (line.back() == '!' || line.back() == ' ')) line.remove_suffix(1);
  return std::string(line);
}

// What the world did wrong, as far as it can be told better than DuckDB does; else empty.
std::string known_cause(std::string_view message) {
  if (is_duckdb_lock(message)) return lock_reason(message);
  if (holds(message, "No space left") || holds(message, "disk is full"))
    return "the disk is full (free some space; what was loaded before is kept)";
  if (holds(message, "File too large"))
    return "its file may not grow any further (raise the limit; what was loaded before is kept)";
  // A file of SQLite's would be opened by an extension.
  if (holds(message, "not a valid DuckDB database file") ||
      holds(message, "Loading external extensions"))
    return "it is not a DuckDB database (choose another --destination)";
  if (holds(message, "storage version") || holds(message, "newer version of DuckDB"))
    return "a newer DuckDB wrote it than this libduckdb (fetch a newer one, or give its path with "
           "--duckdb-library)";
  if (holds(message, "Permission denied"))
    return "permission denied (make it writable or choose another --destination)";
  if (holds(message, "Read-only file system"))
    return "it is read-only (make it writable or choose another --destination)";
  return "";
}

// By the word in front of DuckDB's messages. A commit that could not be written is a
// "TransactionContext Error" as well.
bool is_our_mistake(std::string_view message) {
  if (holds(message, " file \"") && (holds(message, "Could not ") || holds(message, "Cannot ")))
    return false;
  if (holds(message, "Allocation failure")) return false;
  static constexpr std::array<std::string_view, 12> kOurs = {
      "Binder Error",     "Parser Error",     "Catalog Error",         "Conversion Error",
      "Syntax Error",     "Constraint Error", "Invalid Input Error",   "TransactionContext Error",
      "Dependency Error", "INTERNAL Error",   "Not implemented Error", "Mismatch Type Error"};
  return std::ranges::any_of(kOurs,
                             [&](std::string_view kind) { return message.starts_with(kind); });
}

}  // namespace

bool is_duckdb_lock(std::string_view message) {
  return holds(message, "Could not set lock on file");
}

base::Error duckdb_error(std::string_view doing, std::string_view name, std::string_view message) {
  const std::string cause = known_cause(message);
  const bool ours = cause.empty() && is_our_mistake(message);
  return {
      ours ? base::ErrorKind::internal : base::ErrorKind::environment,
      fmt::format("cannot {} {}: {}", doing, name, cause.empty() ? first_line(message) : cause)};
}

}  // namespace destinations
