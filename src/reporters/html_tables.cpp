// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace reporters {
namespace {

constexpr std::size_t kOpenTables = 6;  // with more they start folded up
constexpr std::size_t kCell = 60;       // columns of a sample's cell

core::TableCount total_of(const core::Report& report, const std::string& table) {
  core::TableCount total{table};
  for (const core::SyncReport& sync : report.syncs)
    for (const core::TableCount& count : sync.totals)
      if (count.table == table) {
        total.inserted += count.inserted;
        total.deleted += count.deleted;
        total.rejected += count.rejected;
      }
  return total;
}

std::string key_text(const core::Table& table) {
  std::string key;
  for (const std::string& column : table.primary_key)
    key += (key.empty() ? "" : ", ") + html_cut(column, 60);
  return key.empty() ? "none: rows are appended" : key;
}

std::string scroll_open(const std::string& label) {
  return html_scroll(label) + "<table><thead><tr>";
}

std::string head(std::string_view name, bool number = false) {
  return fmt::format("<th scope=\"col\"{}>{}</th>", number ? " class=\"number\"" : "", name);
}

std::string columns_table(const core::Table& table) {
  std::string out = scroll_open("columns of " + html_cut(table.name, 60)) + head("column") +
                    head("type") + head("key") + head("in the response") + "</tr></thead><tbody>\n";
  for (const core::Column& column : table.columns)
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                       html_cut(column.name, 80), core::name(column.type), column.key ? "key" : "",
                       column.source == column.name ? "" : html_code(column.source, 80));
  return out + "</tbody></table></div>\n";
}

std::string sample_cell(const std::optional<std::string>& cell) {
  if (!cell) return "<td class=\"soft\">null</td>";
  return "<td>" + html_cut(*cell, kCell) + "</td>";
}

std::string sample_table(const core::Report& report, const core::Table& table) {
  const auto sample = std::ranges::find(report.samples, table.name, &core::TableSample::table);
  if (sample == report.samples.end() || sample->rows.empty()) return "";
  std::string out = fmt::format("<h4>{} of {}</h4>\n", html_counted(sample->rows.size(), "row"),
                                base::human_count(table.rows));
  out += scroll_open("some rows of " + html_cut(table.name, 60));
  for (const std::string& column : sample->columns) out += head(html_cut(column, kCell));
  out += "</tr></thead><tbody>\n";
  for (const auto& row : sample->rows) {
    out += "<tr>";
    for (const std::optional<std::string>& cell : row) out += sample_cell(cell);
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string widened_list(const core::Report& report, const std::string& table) {
  std::string out;
  for (const core::SyncReport& sync : report.syncs)
    for (const core::WidenedColumn& one : sync.widened)
      if (one.table == table)
        out += fmt::format("<li>{} became {} instead of {} in sync {} call {}, by {}</li>\n",
                           html_code(one.column, 80), core::name(one.to), core::name(one.from),
                           sync.sync, one.call, html_code(one.pointer, 120));
  return out.empty() ? "" : "<ul>" + out + "</ul>\n";
}

std::string table_card(const core::Report& report, const core::Table& table, bool open) {
  std::string out = fmt::format(
      "<article class=\"card\"><details{}><summary><h3>{}</h3> <span class=\"soft\">{}, {}{}</span>"
      "</summary>\n",
      open ? " open" : "", html_cut(table.name, 120), html_counted(table.rows, "row"),
      html_counted(table.columns.size(), "column"),
      table.source == table.name ? "" : ", in the response " + html_code(table.source, 80));
  out += columns_table(table) + widened_list(report, table.name) + sample_table(report, table);
  return out + "</details></article>\n";
}

}  // namespace

std::string html_tables(const core::Report& report) {
  if (report.tables.empty()) return "";
  std::string out =
      "<section id=\"tables\" aria-labelledby=\"tables-title\"><h2 "
      "id=\"tables-title\">Tables</h2>\n<div class=\"card\">";
  out += scroll_open("all tables") + head("table") + head("rows", true) + head("inserted", true) +
         head("deleted", true) + head("key") + "</tr></thead><tbody>\n";
  for (const core::Table& table : report.tables) {
    const core::TableCount total = total_of(report, table.name);
    out += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td "
        "class=\"number\">{}{}</td><td "
        "class=\"number\">{}</td><td>{}</td></tr>\n",
        html_cut(table.name, 80), base::human_count(table.rows), base::human_count(total.inserted),
        total.rejected > 0 ? fmt::format(" ({} rejected)", total.rejected) : "",
        base::human_count(total.deleted), key_text(table));
  }
  out += "</tbody></table></div></div>\n";
  for (const core::Table& table : report.tables)
    out += table_card(report, table, report.tables.size() <= kOpenTables);
  return out + "</section>\n";
}

}  // namespace reporters
