// SPDX-License-Identifier: Apache-2.0
#include "cli/settings_expect.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  base::Result<workflows::Expectations> read(const toml::table& table) {
    static constexpr std::string_view kKeys[] = {"empty-tables", "max-calls", "rows", "not-null"};
    for (const auto& [key, node] : table) {
      const std::string_view name = key.str();
      if (name == "empty-tables") {
        expect_.rows_in_all_tables = true;
        FSIM_ASSIGN(expect_.empty_tables, names(node, "empty-tables"));
      } else if (name == "max-calls") {
        const auto calls = node.value<std::int64_t>();
        if (!node.is_integer() || *calls < 1) return wrong(node, "max-calls is a number from 1 on");
        expect_.max_calls = static_cast<std::uint64_t>(*calls);
      } else if (name == "rows") {
        FSIM_TRY(read_rows(node));
      } else if (name == "not-null") {
        FSIM_TRY(read_not_null(node));
      } else {
        const std::string_view best = base::closest(name, kKeys);
        return wrong(
            node, fmt::format("unknown key \"{}\" in [expect]{} (it has empty-tables, "
                              "max-calls, rows, not-null)",
                              name, best.empty() ? "" : fmt::format("; did you mean {}?", best)));
      }
    }
    return std::move(expect_);
  }

 private:
  tl::unexpected<base::Error> wrong(const toml::node& node, const std::string& what) const {
    return fail(ErrorKind::usage, fmt::format("{}:{}: {}", file_, node.source().begin.line, what));
  }

  base::Result<std::vector<std::string>> names(const toml::node& node, std::string_view key) const {
    const toml::array* list = node.as_array();
    if (list == nullptr || (!list->empty() && !list->is_homogeneous(toml::node_type::string)))
      return wrong(node, fmt::format("{} needs a list of names, such as [\"orders\"]", key));
    std::vector<std::string> all;
    for (const toml::node& name : *list) all.push_back(*name.value<std::string>());
    return all;
  }

  base::Result<void> read_rows(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return wrong(node, "[expect.rows] is a table: orders = 237");
    for (const auto& [name, value] : *table) {
      std::string text;
      if (value.is_integer()) text = std::to_string(*value.value<std::int64_t>());
      if (value.is_string()) text = *value.value<std::string>();
      auto range = workflows::parse_row_range(text);
      if (!range)
        return wrong(value, fmt::format("rows of {}: {}", name.str(), range.error().message));
      expect_.rows[std::string(name.str())] = std::move(*range);
    }
    return {};
  }

  base::Result<void> read_not_null(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return wrong(node, "[expect.not-null] is a table: orders = [\"total\"]");
    for (const auto& [name, value] : *table) {
      FSIM_ASSIGN(expect_.not_null[std::string(name.str())], names(value, name.str()));
    }
    return {};
  }

  const std::string& file_;
  workflows::Expectations expect_;
};

}  // namespace

base::Result<workflows::Expectations> read_expectations(const toml::table& table,
                                                        const std::string& file) {
  return Reader(file).read(table);
}

}  // namespace cli
