// SPDX-License-Identifier: Apache-2.0
#include "reporters/chaos_text.hpp"

#include "reporters/cells.hpp"
#include "reporters/chaos_cases.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

namespace reporters {
namespace {

using core::ChaosCell;
using core::ChaosVerdict;

const ChaosCell* cell_at(const core::ChaosMatrix& matrix, const std::string& fault, int page) {
  const auto cell = std::ranges::find_if(
      matrix.cells, [&](const ChaosCell& one) { return one.fault == fault && one.page == page; });
  return cell == matrix.cells.end() ? nullptr : &*cell;
}

std::string painted(ChaosVerdict verdict, const Style& style) {
  const std::string_view sign = core::sign(verdict);
  if (verdict == ChaosVerdict::same) return style.green(sign);
  return verdict == ChaosVerdict::not_done ? style.dim(sign) : style.red(sign);
}

std::size_t name_width(const core::ChaosMatrix& matrix) {
  std::size_t width = 5;
  for (const core::ChaosFault& fault : matrix.faults) width = std::max(width, fault.name.size());
  return width;
}

std::string sign_of(const ChaosCell* cell, std::size_t width, const Style& style) {
  return std::string(width - 1, ' ') + (cell == nullptr ? " " : painted(cell->verdict, style));
}

// The pages of one block; `last` also has the faults that concern the whole sync.
std::string block(const core::ChaosMatrix& matrix, std::span<const int> pages, bool last,
                  const Style& style) {
  const std::size_t names = name_width(matrix);
  const std::size_t column = std::to_string(matrix.pages_in_sync).size() + 2;
  std::string text = fmt::format("  {:<{}}", "page", names);
  for (const int page : pages) text += fmt::format("{:>{}}", page, column);
  text += '\n';
  for (const core::ChaosFault& fault : matrix.faults) {
    const ChaosCell* whole = cell_at(matrix, fault.name, 0);
    if (whole != nullptr && !last) continue;
    text += fmt::format("  {:<{}}", fault.name, names);
    for (const int page : whole != nullptr ? std::span<const int>() : pages)
      text += sign_of(cell_at(matrix, fault.name, page), column, style);
    if (whole != nullptr) text += sign_of(whole, column * pages.size(), style);
    text += style.dim("   " + fault.about) + '\n';
  }
  return text;
}

std::string legend(const core::ChaosMatrix& matrix, const Style& style) {
  std::string text;
  for (const ChaosVerdict verdict : verdicts_in(matrix))
    text += fmt::format("{}{} {}", text.empty() ? "  " : "   ", painted(verdict, style),
                        meaning_of(verdict));
  return text.empty() ? "" : text + '\n';
}

std::string notes(const core::ChaosMatrix& matrix, const Style& style) {
  std::string text;
  for (const std::string& note : chaos_notes(matrix)) text += wrapped(note, 2, style.width);
  return text;
}

}  // namespace

std::string chaos_text(const core::ChaosMatrix& matrix, const Style& style) {
  std::string text;
  const std::size_t column = std::to_string(matrix.pages_in_sync).size() + 2;
  const std::size_t room =
      style.width > name_width(matrix) + 40 ? style.width - name_width(matrix) - 20 : 20;
  const std::size_t most = std::max<std::size_t>(1, room / column);
  const std::span<const int> pages = matrix.pages;
  for (std::size_t begin = 0; begin < pages.size(); begin += most) {
    const std::size_t count = std::min(most, pages.size() - begin);
    text += block(matrix, pages.subspan(begin, count), begin + count == pages.size(), style);
    text += '\n';
  }
  return text + legend(matrix, style) + notes(matrix, style);
}

}  // namespace reporters
