// SPDX-License-Identifier: Apache-2.0
#include "reporters/chaos_cases.hpp"
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"

#include <map>
#include <utility>

#include <fmt/format.h>

namespace reporters {
namespace {

using core::ChaosCell;
using core::ChaosMatrix;
using core::ChaosVerdict;

std::string meaning(const ChaosCell& cell) {
  const std::string effect = core::effect_of(cell);
  return html_cut(effect.empty() ? std::string(core::name(cell.verdict))
                                 : fmt::format("{}, {}", core::name(cell.verdict), effect),
                  300);
}

std::string_view look(ChaosVerdict verdict) {
  if (verdict == ChaosVerdict::same) return "ok";
  return verdict == ChaosVerdict::not_done ? "info" : "error";
}

std::string matrix_cell(const ChaosCell* cell, std::size_t span) {
  const std::string columns = span > 1 ? fmt::format(" colspan=\"{}\"", span) : "";
  if (cell == nullptr) return fmt::format("<td{}></td>", columns);
  return fmt::format(
      "<td{}><span class=\"label {}\" title=\"{}\" role=\"img\" aria-label=\"{}\">{}</span></td>",
      columns, look(cell->verdict), meaning(*cell), meaning(*cell), core::sign(cell->verdict));
}

using Cells = std::map<std::pair<std::string, int>, const ChaosCell*>;

std::string matrix_table(const ChaosMatrix& matrix, const Cells& cells) {
  const auto cell_at = [&cells](const std::string& fault, int page) {
    const auto found = cells.find({fault, page});
    return found == cells.end() ? nullptr : found->second;
  };
  std::string out = html_scroll("faults and pages") +
                    "<table class=\"chaos\"><thead><tr><th scope=\"col\">fault</th>";
  for (const int page : matrix.pages) out += fmt::format("<th scope=\"col\">page {}</th>", page);
  out += "</tr></thead><tbody>\n";
  for (const core::ChaosFault& fault : matrix.faults) {
    out += fmt::format("<tr><th scope=\"row\">{}<br><span class=\"soft\">{}</span></th>",
                       html_text(fault.name), html_text(fault.about));
    if (const ChaosCell* whole = cell_at(fault.name, 0); whole != nullptr) {
      out += matrix_cell(whole, matrix.pages.size());
    } else {
      for (const int page : matrix.pages) out += matrix_cell(cell_at(fault.name, page), 1);
    }
    out += "</tr>\n";
  }
  return out +
         "</tbody></table></div>\n<p class=\"soft\">= the same tables, + extra rows, - lost "
         "rows, ~ changed rows, ∞ does not end, · not done</p>\n";
}

// What came out otherwise, with rows.
std::string differences(const ChaosMatrix& matrix) {
  std::string out;
  for (const ChaosCell& cell : matrix.cells) {
    if (!cell.differs()) continue;
    out += fmt::format("<details><summary>{}{}: {}</summary><pre>", html_text(cell.fault),
                       cell.page > 0 ? fmt::format(", page {}", cell.page) : "", meaning(cell));
    for (const std::string& row : cell.rows) out += html_cut(row, 400) + "\n";
    out += "</pre></details>\n";
  }
  return out;
}

std::string notes(const ChaosMatrix& matrix) {
  std::string out;
  for (const std::string& note : chaos_notes(matrix)) out += "<p>" + html_text(note) + "</p>\n";
  return out;
}

std::string card(const ChaosMatrix& matrix, const core::Report& report) {
  Cells cells;
  for (const ChaosCell& cell : matrix.cells) cells[{cell.fault, cell.page}] = &cell;
  const std::string title =
      report.chaos.size() > 1 ? "<h3>" + html_cut(target_of(matrix, report), 200) + "</h3>\n" : "";
  return "<div class=\"card\">\n" + title + notes(matrix) + matrix_table(matrix, cells) +
         differences(matrix) + "</div>\n";
}

}  // namespace

std::string html_chaos(const core::Report& report) {
  if (report.chaos.empty()) return "";
  std::string out =
      "<section id=\"chaos\" aria-labelledby=\"chaos-title\"><h2 id=\"chaos-title\">Chaos: a "
      "fault at each page</h2>\n";
  for (const ChaosMatrix& matrix : report.chaos) out += card(matrix, report);
  return out + "</section>\n";
}

}  // namespace reporters
