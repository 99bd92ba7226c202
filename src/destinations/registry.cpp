// SPDX-License-Identifier: Apache-2.0
#include "destinations/registry.hpp"

#include "base/text.hpp"
#include "destinations/duckdb_destination.hpp"
#include "destinations/postgres_destination.hpp"
#include "destinations/postgres_url.hpp"
#include "destinations/sqlite_destination.hpp"
#include "protocol/naming.hpp"

#include <array>
#include <string>

#include <fmt/format.h>

namespace destinations {
namespace {

using Opened = base::Result<std::unique_ptr<core::Destination>>;

// What follows the scheme, the schema, and how to open it.
using Opener = Opened (*)(std::string_view rest, std::string_view schema,
                          const OpenOptions& options);

Opened usage(std::string message) {
  return base::fail(base::ErrorKind::usage, std::move(message));
}

Opened open_sqlite(std::string_view path, std::string_view schema, const OpenOptions& options) {
  if (path.empty()) return usage("cannot open sqlite: without a file (give sqlite:PATH)");
  std::string file(path);
  if (schema != options.default_schema) file.append(".").append(schema);
  return SqliteDestination::open_file(file, options);
}

Opened open_duckdb(std::string_view path, std::string_view schema, const OpenOptions& options) {
  if (path.empty()) return usage("cannot open duckdb: without a file (give duckdb:PATH)");
  return DuckDestination::open(std::string(path), std::string(schema), options);
}

Opened open_memory(std::string_view rest, std::string_view, const OpenOptions& options) {
  if (!rest.empty()) return usage(fmt::format("cannot open memory:{}: it takes no name", rest));
  return SqliteDestination::open_scratch(options);
}

constexpr char kPostgresql[] = "postgresql:";
constexpr char kPostgres[] = "postgres:";

template <const char* kName>
Opened open_postgres(std::string_view rest, std::string_view schema, const OpenOptions& options) {
  const std::string url = std::string(kName).append(rest);
  if (!rest.starts_with("//"))
    return usage(fmt::format("cannot open {}: // is missing (give postgresql://USER@HOST/DATABASE)",
                             without_password(url)));
  return PostgresDestination::open(url, std::string(schema), options);
}

struct Scheme {
  std::string_view name;
  Opener open;
};

// A new kind of destination is a line here.
constexpr std::array<Scheme, 5> kSchemes = {{
    {"sqlite:", open_sqlite},
    {"memory:", open_memory},
    {"postgresql:", open_postgres<kPostgresql>},
    {"postgres:", open_postgres<kPostgres>},
    {"duckdb:", open_duckdb},
}};

Opened unknown_scheme(std::string_view url) {
  const std::size_t colon = url.find(':');
  if (colon == url.npos)
    return usage(
        fmt::format("cannot open destination {0}: it has no scheme (did you mean "
                    "sqlite:{0}?)",
                    shown(url)));
  std::array<std::string_view, kSchemes.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kSchemes[i].name;
  const std::string_view meant = base::closest(url.substr(0, colon + 1), names);
  return usage(fmt::format("cannot open destination {}: unknown kind ({})", shown(url),
                           meant.empty() ? "use sqlite:PATH, postgresql://…, duckdb:PATH or memory:"
                                         : fmt::format("did you mean {}?", meant)));
}

}  // namespace

std::vector<std::string_view> schemes() {
  std::vector<std::string_view> names;
  names.reserve(kSchemes.size());
  for (const Scheme& scheme : kSchemes) names.push_back(scheme.name);
  return names;
}

std::string shown(std::string_view url) {
  return without_password(url);
}

Opened open(std::string_view url, std::string_view schema, const OpenOptions& options) {
  if (schema.empty()) schema = options.default_schema;
  if (!protocol::is_schema_name(schema))
    return usage(
        fmt::format("cannot use the schema name {}: Fivetran takes lower-case letters, "
                    "digits and underscores, and no digit first",
                    schema));
  for (const Scheme& scheme : kSchemes)
    if (url.starts_with(scheme.name))
      return scheme.open(url.substr(scheme.name.size()), schema, options);
  return unknown_scheme(url);
}

}  // namespace destinations
