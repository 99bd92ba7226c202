// SPDX-License-Identifier: Apache-2.0
#include "reporters/markdown_chaos.hpp"

#include "reporters/chaos_cases.hpp"
#include "reporters/markdown_text.hpp"
#include "reporters/plain_text.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace reporters {
namespace {

using core::ChaosCell;
using core::ChaosMatrix;

constexpr std::size_t kPagesAcross = 25;
constexpr std::size_t kPages = 200;
constexpr std::size_t kDifferences = 50;

class Signs {
 public:
  explicit Signs(const ChaosMatrix& matrix) {
    for (const ChaosCell& cell : matrix.cells) cells_[{cell.fault, cell.page}] = &cell;
  }
  // As code where it is worth a look.
  std::string at(const std::string& fault, int page) const {
    const auto found = cells_.find({fault, page});
    if (found == cells_.end()) return "";
    const std::string sign(core::sign(found->second->verdict));
    return found->second->differs() ? "`" + sign + "`" : sign;
  }

 private:
  std::map<std::pair<std::string, int>, const ChaosCell*> cells_;
};

std::string table(const ChaosMatrix& matrix, const Signs& signs, std::span<const int> pages,
                  bool with_whole) {
  std::string head = "| fault |", line = "|---|", body;
  const auto add_column = [&](const std::string& title) {
    head += " " + title + " |";
    line += ":-:|";
  };
  for (const int page : pages) add_column(fmt::format("page {}", page));
  if (with_whole) add_column("whole sync");
  for (const core::ChaosFault& fault : matrix.faults) {
    body += fmt::format("| **{}** {} |", markdown_cell(fault.name), markdown_cell(fault.about));
    for (const int page : pages) body += " " + signs.at(fault.name, page) + " |";
    if (with_whole) body += " " + signs.at(fault.name, 0) + " |";
    body += '\n';
  }
  return head + "\n" + line + "\n" + body + "\n";
}

std::string tables(const ChaosMatrix& matrix) {
  const Signs signs(matrix);
  const std::span<const int> pages =
      std::span(matrix.pages).first(std::min(matrix.pages.size(), kPages));
  const bool whole = std::ranges::count(matrix.cells, 0, &ChaosCell::page) > 0;
  std::string out;
  for (std::size_t begin = 0; begin < pages.size(); begin += kPagesAcross) {
    const std::size_t count = std::min(kPagesAcross, pages.size() - begin);
    out +=
        table(matrix, signs, pages.subspan(begin, count), whole && begin + count == pages.size());
  }
  if (matrix.pages.size() > kPages)
    out += fmt::format("{} more pages\n\n", matrix.pages.size() - kPages);
  return out;
}

std::string differences(const ChaosMatrix& matrix) {
  std::string out;
  std::size_t number = 0;
  for (const ChaosCell& cell : matrix.cells) {
    if (!cell.differs() || ++number > kDifferences) continue;
    out += fmt::format("- `{}` {}: {}\n", core::sign(cell.verdict),
                       markdown_text(core::place_of(cell)),
                       markdown_text(cut(one_line(cell_message(cell)), 500)));
  }
  if (number > kDifferences) out += fmt::format("- {} more\n", number - kDifferences);
  return out.empty() ? "" : out + "\n";
}

}  // namespace

std::string markdown_chaos(const ChaosMatrix& matrix) {
  std::string out = tables(matrix);
  std::string legend;
  for (const core::ChaosVerdict verdict : verdicts_in(matrix))
    legend += fmt::format("{}{} {}", legend.empty() ? "" : ", ", core::sign(verdict),
                          meaning_of(verdict));
  if (!legend.empty()) out += legend + "\n\n";
  for (const std::string& note : chaos_notes(matrix)) out += markdown_text(note) + "\n\n";
  return out + differences(matrix);
}

}  // namespace reporters
