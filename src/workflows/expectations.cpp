// SPDX-License-Identifier: Apache-2.0
#include "workflows/expectations.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "workflows/made_finding.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace workflows {
namespace {

constexpr std::size_t kSamples = 3;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::string identifier(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

const core::Table* table_of(const std::vector<core::Table>& tables, const std::string& name) {
  const auto found = std::ranges::find(tables, name, &core::Table::name);
  return found == tables.end() ? nullptr : &*found;
}

class Holding {
 public:
  Holding(const Expectations& expect, core::Destination& destination, const rules::Options& rules)
      : expect_(expect), destination_(destination), rules_(rules) {}

  base::Result<std::vector<Held>> run(std::uint64_t calls, bool complete) {
    FSIM_ASSIGN(tables_, destination_.tables());
    if (expect_.rows_in_all_tables) begin("each table has rows", complete);
    if (expect_.rows_in_all_tables && complete) all_have_rows();
    for (const auto& [table, range] : expect_.rows) {
      begin(fmt::format("rows of {}: {}", table, range.text), complete);
      if (complete) count_rows(table, range);
    }
    for (const auto& [table, columns] : expect_.not_null)
      for (const std::string& column : columns) {
        begin(fmt::format("no null in {}.{}", table, column), true);
        FSIM_TRY(look_for_nulls(table, column));
      }
    if (expect_.max_calls > 0) {
      begin(fmt::format("at most {} calls", expect_.max_calls), true);
      if (calls > expect_.max_calls)
        add("TST-04", "",
            fmt::format("the syncs took {} calls, expected are at most {}", calls,
                        expect_.max_calls));
    }
    return std::move(held_);
  }

 private:
  void begin(std::string name, bool looked_at) {
    held_.push_back({std::move(name), {}, looked_at ? "" : "the syncs did not come to their end"});
  }

  core::Finding* add(std::string_view rule, const std::string& table, std::string message) {
    std::optional<core::Finding> finding = finding_of(rule, rules_);
    if (!finding) return nullptr;
    finding->table = table;
    finding->message = std::move(message);
    return &held_.back().findings.emplace_back(std::move(*finding));
  }

  void all_have_rows() {
    for (const core::Table& table : tables_) {
      const bool may = std::ranges::any_of(expect_.empty_tables, [&](const std::string& glob) {
        return base::glob_matches(glob, table.name);
      });
      if (table.rows == 0 && !may)
        add("TST-01", table.name, fmt::format("`{}` has no row, and may not be empty", table.name));
    }
  }

  void count_rows(const std::string& name, const RowRange& range) {
    const core::Table* table = table_of(tables_, name);
    const std::uint64_t rows = table == nullptr ? 0 : table->rows;
    if (rows >= range.least && rows <= range.most) return;
    core::Finding* finding =
        add("TST-02", name,
            table == nullptr
                ? fmt::format("there is no table `{}`, expected are {} rows", name, range.text)
                : fmt::format("`{}` has {} row{}, expected: {}", name, base::human_count(rows),
                              rows == 1 ? "" : "s", range.text));
    if (finding != nullptr && table == nullptr) add_tables(*finding);
  }

  // What is there instead of a table that is not.
  void add_tables(core::Finding& finding) const {
    std::vector<std::string> names;
    for (const core::Table& table : tables_)
      if (names.size() < 20) names.push_back(table.name);
    finding.evidence.push_back(names.empty() ? "there are no tables"
                                             : fmt::format("tables: {}", fmt::join(names, ", ")));
  }

  base::Result<void> look_for_nulls(const std::string& name, const std::string& column) {
    const core::Table* table = table_of(tables_, name);
    if (table == nullptr || table->rows == 0) {
      held_.back().skipped = fmt::format("`{}` has no row", name);
      return {};
    }
    if (std::ranges::find(table->columns, column, &core::Column::name) == table->columns.end()) {
      if (core::Finding* finding =
              add("TST-03", name,
                  fmt::format("`{}` has no column `{}`: no row brought a value", name, column)))
        finding->subject = column;
      return {};
    }
    const std::string from =
        fmt::format(" from {} where {} is null", identifier(name), identifier(column));
    FSIM_ASSIGN(const core::QueryResult counted, destination_.query("select count(*)" + from));
    const std::string count = counted.rows.front().front().value_or("0");
    if (count == "0") return {};
    core::Finding* finding =
        add("TST-03", name,
            fmt::format("`{}`.`{}` is null in {} of {} rows", name, column, count, table->rows));
    if (finding == nullptr) return {};
    finding->subject = column;
    return add_rows(*finding, *table, from);
  }

  // The keys of the first rows; of a table without a key all its columns.
  base::Result<void> add_rows(core::Finding& finding, const core::Table& table,
                              const std::string& from) {
    std::vector<std::string> columns = table.primary_key;
    if (columns.empty())
      for (const core::Column& one : table.columns) columns.push_back(one.name);
    std::vector<std::string> quoted;
    quoted.reserve(columns.size());
    for (const std::string& one : columns) quoted.push_back(identifier(one));
    const std::string list = fmt::format("{}", fmt::join(quoted, ", "));
    FSIM_ASSIGN(const core::QueryResult rows,
                destination_.query(
                    fmt::format("select {}{} order by {} limit {}", list, from, list, kSamples)));
    for (const auto& row : rows.rows) {
      std::string line;
      for (std::size_t i = 0; i < columns.size() && i < row.size(); ++i)
        line +=
            fmt::format("{}{}={}", line.empty() ? "" : ", ", columns[i], row[i].value_or("null"));
      finding.evidence.push_back(base::elide_middle(line, 200));
    }
    return {};
  }

  const Expectations& expect_;
  core::Destination& destination_;
  const rules::Options& rules_;
  std::vector<core::Table> tables_;
  std::vector<Held> held_;
};

}  // namespace

base::Result<RowRange> parse_row_range(std::string_view text) {
  RowRange range;
  range.text = text;
  const std::size_t dots = text.find("..");
  const auto wrong = [text] {
    return base::fail(base::ErrorKind::usage,
                      fmt::format("\"{}\" is no number of rows (write 237, \">=1\" or "
                                  "\"100..300\")",
                                  base::visible(text)));
  };
  if (text.starts_with(">=")) {
    text.remove_prefix(2);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const auto least = number(text);
    if (!least) return wrong();
    range.least = *least;
  } else if (dots != text.npos) {
    const auto least = number(text.substr(0, dots)), most = number(text.substr(dots + 2));
    if (!least || !most || *least > *most) return wrong();
    range.least = *least;
    range.most = *most;
  } else {
    const auto exact = number(text);
    if (!exact) return wrong();
    range.least = range.most = *exact;
  }
  return range;
}

base::Result<std::vector<Held>> hold(const Expectations& expect, core::Destination& destination,
                                     std::uint64_t calls, bool complete,
                                     const rules::Options& rules) {
  return Holding(expect, destination, rules).run(calls, complete);
}

}  // namespace workflows
