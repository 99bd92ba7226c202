// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/progress_line.hpp"
#include "cli/session.hpp"
#include "destinations/registry.hpp"
#include "reporters/json_writer.hpp"
#include "workflows/compare.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cli {
namespace {

using workflows::RowDifference;
using workflows::Side;
using workflows::TableComparison;

base::Result<std::unique_ptr<core::Destination>> open_side(const Arguments& args,
                                                           const std::string& url,
                                                           const std::string& schema) {
  Arguments side = args;
  side.destination = url;
  side.schema = schema.empty() ? args.schema : schema;
  return open_destination(side, Access::compare);
}

std::string shown(const std::optional<std::string>& cell) {
  return cell ? base::elide_middle(*cell, 40) : "NULL";
}

// "~ id=7   total: 10.25 → -1", "+ id=8   status: open, total: 3".
std::string row_line(char sign, const RowDifference& row) {
  std::string cells;
  for (const workflows::CellDifference& cell : row.cells) {
    cells += cells.empty() ? "" : ", ";
    cells += cell.column + ": ";
    cells += sign == '~' ? shown(cell.a) + " → " + shown(cell.b) : shown(cell.a ? cell.a : cell.b);
  }
  const std::string key = row.key.empty() ? "" : base::visible(row.key) + "   ";
  return fmt::format("    {} {}{}\n", sign, key, cells);
}

void print_rows(char sign, const std::vector<RowDifference>& rows, std::uint64_t all) {
  for (const RowDifference& row : rows) std::cout << row_line(sign, row);
  if (all > rows.size())
    std::cout << fmt::format("    {} … {} more (--limit shows more)\n", sign,
                             base::human_count(all - rows.size()));
}

void print_table(const TableComparison& table, const Arguments& args) {
  if (table.side != Side::both) {
    const bool first = table.side == Side::only_a;
    std::cout << fmt::format("  {}  only in {} ({} rows)\n", table.name,
                             destinations::shown(first ? args.diff_a : args.diff_b),
                             base::human_count(first ? table.rows_a : table.rows_b));
    return;
  }
  std::cout << fmt::format("  {}  +{} added  -{} removed  ~{} changed  ={} same\n", table.name,
                           base::human_count(table.added), base::human_count(table.removed),
                           base::human_count(table.changed), base::human_count(table.same));
  if (!table.chosen_key.empty())
    std::cout << fmt::format("    compared by {}\n", fmt::join(table.chosen_key, ", "));
  else if (table.key_a != table.key_b)
    std::cout << fmt::format("    key: {} → {}\n", fmt::join(table.key_a, ", "),
                             fmt::join(table.key_b, ", "));
  for (const workflows::TypeDifference& type : table.types)
    std::cout << fmt::format("    type of {}: {} → {}{}\n", type.column, core::name(type.a),
                             core::name(type.b), type.width_only ? " (width only)" : "");
  print_rows('~', table.changed_examples, table.changed);
  print_rows('-', table.removed_examples, table.removed);
  print_rows('+', table.added_examples, table.added);
}

void write_cell(reporters::JsonWriter& json, const std::optional<std::string>& cell) {
  if (cell) {
    json.value(*cell);
  } else {
    json.null();
  }
}

void write_rows(reporters::JsonWriter& json, std::string_view name,
                const std::vector<RowDifference>& rows) {
  json.key(name).begin_array();
  for (const RowDifference& row : rows) {
    json.begin_object().member("key", row.key).key("cells").begin_array();
    for (const workflows::CellDifference& cell : row.cells) {
      json.begin_object().member("column", cell.column).key("a");
      write_cell(json, cell.a);
      json.key("b");
      write_cell(json, cell.b);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void print_json(const workflows::Comparison& comparison) {
  reporters::JsonWriter json(true);
  json.begin_object().member("equal", comparison.equal()).key("tables").begin_array();
  for (const TableComparison& table : comparison.tables) {
    json.begin_object().member("name", table.name).member("equal", table.equal());
    json.member("side", table.side == Side::both ? "both" : table.side == Side::only_a ? "a" : "b");
    json.member("added", table.added).member("removed", table.removed);
    json.member("changed", table.changed).member("same", table.same);
    json.key("types").begin_array();
    for (const workflows::TypeDifference& type : table.types) {
      json.begin_object().member("column", type.column).member("a", core::name(type.a));
      json.member("b", core::name(type.b)).member("width_only", type.width_only).end_object();
    }
    json.end_array();
    write_rows(json, "changed_examples", table.changed_examples);
    write_rows(json, "removed_examples", table.removed_examples);
    write_rows(json, "added_examples", table.added_examples);
    json.end_object();
  }
  std::cout << json.end_array().end_object().take() << '\n';
}

}  // namespace

namespace {

tl::unexpected<base::Error> unclear(std::string_view option, const std::string& value,
                                    std::string_view form) {
  return base::fail(base::ErrorKind::usage,
                    fmt::format("cannot read --{} {}: it takes {}", option, value, form));
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// "A=B", "TABLE.A=B".
base::Result<workflows::MappedName> mapped_name(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos || equals == 0 || equals + 1 == text.size())
    return unclear("map", text, "A=B for tables, TABLE.A=B for columns");
  workflows::MappedName pair{"", text.substr(0, equals), text.substr(equals + 1)};
  const std::size_t dot = pair.a.rfind('.');
  if (dot == std::string::npos) return pair;
  pair.table = pair.a.substr(0, dot);
  pair.a.erase(0, dot + 1);
  if (pair.table.empty() || pair.a.empty())
    return unclear("map", text, "A=B for tables, TABLE.A=B for columns");
  return pair;
}

// "TABLE=COL,COL", "COL,COL".
base::Result<workflows::ChosenKey> chosen_key(const std::string& text) {
  const std::size_t equals = text.find('=');
  workflows::ChosenKey key;
  key.table = equals == text.npos ? "*" : text.substr(0, equals);
  key.columns = split(equals == text.npos ? text : text.substr(equals + 1), ',');
  if (key.table.empty() || std::ranges::find(key.columns, "") != key.columns.end())
    return unclear("key", text, "COL,COL or TABLE=COL,COL");
  return key;
}

base::Result<workflows::CompareOptions> compare_options(const Arguments& args) {
  workflows::CompareOptions options;
  options.examples = static_cast<std::size_t>(args.limit);
  options.ignore_columns = args.look.ignore;
  options.only_tables = args.look.only;
  for (const std::string& text : args.look.map) {
    FSIM_ASSIGN(auto pair, mapped_name(text));
    options.map.push_back(std::move(pair));
  }
  for (const std::string& text : args.look.key) {
    FSIM_ASSIGN(auto key, chosen_key(text));
    options.keys.push_back(std::move(key));
  }
  return options;
}

base::Result<workflows::Comparison> compared(const Arguments& args, core::Destination& a,
                                             core::Destination& b,
                                             workflows::CompareOptions options) {
  ProgressLine line("diff", ProgressLine::Rate::rows, !args.quiet);
  options.progress = [&line](const std::string& table, std::uint64_t rows) {
    line.tell(table, rows);
  };
  return workflows::compare(a, b, options);
}

}  // namespace

base::Result<core::ExitCode> diff_command(const Arguments& args) {
  FSIM_ASSIGN(workflows::CompareOptions options, compare_options(args));
  FSIM_ASSIGN(const auto a, open_side(args, args.diff_a, args.schema_a));
  FSIM_ASSIGN(const auto b, open_side(args, args.diff_b, args.schema_b));
  FSIM_ASSIGN(const workflows::Comparison comparison, compared(args, *a, *b, std::move(options)));
  if (args.format == "json") {
    print_json(comparison);
  } else {
    for (const TableComparison& table : comparison.tables) print_table(table, args);
    std::cout << (comparison.equal() ? "equal\n" : "different\n");
  }
  return comparison.equal() ? core::ExitCode::ok : core::ExitCode::findings;
}

}  // namespace cli
