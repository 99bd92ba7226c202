// SPDX-License-Identifier: Apache-2.0
#include "reporters/collision_text.hpp"

#include "base/text.hpp"
#include "reporters/cells.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace reporters {
namespace {

using Cell = core::Collision::Cell;

constexpr std::size_t kIndent = 6, kGap = 2, kWins = 6;

struct Column {
  std::string heading, first, second;
  bool differs = false;
  std::size_t width() const {
    return std::max(
        {base::display_width(heading), base::display_width(first), base::display_width(second)});
  }
};

Column column_of(const Cell& cell, std::size_t most) {
  const auto shown = [most](const std::string& value) {
    return value.empty() ? std::string("-") : cell_text(value, most);
  };
  return {(cell.differs ? "≠ " : "") + cell_text(cell.column, most - 2), shown(cell.first),
          shown(cell.second), cell.differs};
}

// As many columns as fit, at least one; those that differ come first.
std::vector<Column> fitting(const core::Collision& collision, std::size_t room) {
  std::vector<Column> columns;
  for (const Cell& cell : collision.cells) {
    Column column = column_of(cell, std::clamp<std::size_t>(room / 2, 8, 28));
    if (!columns.empty() && column.width() > room) break;
    room -= std::min(room, column.width() + kGap);
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace

std::string collision_text(const core::Collision& collision, const Style& style) {
  const std::string key = cell_text(collision.key, style.width > 90 ? 40 : 24);
  const std::size_t most = std::max<std::size_t>(style.width / 3, 14);
  const std::string first = cell_text(collision.first, most),
                    second = cell_text(collision.second, most);
  const std::size_t left =
      std::max({base::display_width(key), base::display_width(first), base::display_width(second)});
  const std::size_t used = kIndent + left + kGap + kWins;
  const auto columns = fitting(collision, style.width > used ? style.width - used : 0);
  std::string head = std::string(kIndent, ' ') + style.bold(padded(key, left));
  std::string above = std::string(kIndent, ' ') + padded(first, left);
  std::string below = std::string(kIndent, ' ') + padded(second, left);
  for (const Column& column : columns) {
    const std::size_t width = column.width();
    const auto mark = [&](const std::string& text) {
      const std::string blanks = padded(text, width).substr(text.size());
      return "  " + (column.differs ? style.yellow(text) : text) + blanks;
    };
    head += mark(column.heading);
    above += mark(column.first);
    below += mark(column.second);
  }
  const std::size_t hidden = collision.cells.size() - columns.size() + collision.left_out;
  const std::string more =
      hidden == 0
          ? ""
          : std::string(kIndent, ' ') +
                style.dim(fmt::format("… {} more column{}", hidden, hidden == 1 ? "" : "s")) + "\n";
  return trimmed(head) + "\n" + trimmed(above) + "\n" + below + "  " + style.bold("wins") + "\n" +
         more;
}

}  // namespace reporters
