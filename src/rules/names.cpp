// SPDX-License-Identifier: Apache-2.0
#include "protocol/naming.hpp"
#include "protocol/pointer.hpp"
#include "rules/families.hpp"
#include "rules/reserved_words.hpp"
#include "rules/texts.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace rules {
namespace {

using core::PageColumn;
using core::TableRows;
using protocol::Naming;

template <class View>
Naming naming_of(const View& view) {
  return view.source_naming ? Naming::source : Naming::fivetran;
}

// Not stored by an earlier page or sync.
bool is_new(const core::History& history, std::string_view table) {
  const auto known = history.tables.find(table);
  return known == history.tables.end() || !known->second.seen;
}
bool is_new(const core::History& history, std::string_view table, std::string_view column) {
  const auto known = history.tables.find(table);
  if (known == history.tables.end()) return true;
  const auto types = known->second.columns.find(column);
  return types == known->second.columns.end() || types->second == 0;
}

using Groups = std::map<std::string, std::vector<std::size_t>>;  // by destination name

Groups columns_by_name(const TableRows& table, Naming naming) {
  Groups groups;
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    groups[protocol::folded(protocol::column_name(table.columns[c].name, naming))].push_back(c);
  return groups;
}

// The first row that has a value in two of the columns, or the number of rows.
std::size_t row_with_two(const TableRows& table, const std::vector<std::size_t>& columns) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto values = std::ranges::count_if(columns, [&](std::size_t c) {
      const core::Value* value = core::find(table.row(row), static_cast<int>(c));
      return value != nullptr && !value->is_null();
    });
    if (values > 1) return row;
  }
  return table.rows();
}

Draft columns_collide(const TableRows& table, const std::string& stored,
                      const std::vector<std::size_t>& columns) {
  std::vector<std::string_view> sources;
  sources.reserve(columns.size());
  for (const std::size_t c : columns) sources.push_back(table.columns[c].name);
  const std::size_t row = row_with_two(table, columns);
  const bool lost = row < table.rows();
  Draft found =
      draft(table.name,
            lost ? row_pointer("insert", table, row) : protocol::pointer({"insert", table.name}),
            fmt::format("{} of `{}` become one column, `{}`{}", names_text(sources),
                        shorten(table.name), stored,
                        lost ? ": of two values in a row only the last one is kept"
                             : "; here no row has a value in two of them"));
  found.subject = stored;
  if (lost)
    found.evidence.push_back(fmt::format("{}: {}", found.pointer, row_text(table, row)));
  else
    found.severity = core::Severity::info;
  return found;
}

// Two lists that a finding shows: "`Orders` → `orders`".
std::string mapping(std::string_view source, std::string_view stored) {
  return fmt::format("`{}` is stored as `{}`", shorten(source), stored);
}

void find_awkward(const core::CallView& view, std::string_view table, std::string_view pointer,
                  std::string_view what, std::string_view name, Drafts& found) {
  const Naming naming = naming_of(view);
  const bool is_table = what == "table";
  const auto add = [&](std::string message) -> Draft& {
    Draft& draft =
        found.emplace_back(rules::draft(table, std::string(pointer), std::move(message)));
    draft.subject = is_table ? "" : name;
    return draft;
  };
  const std::string stored =
      is_table ? protocol::table_name(name, naming) : protocol::column_name(name, naming);
  if (protocol::is_emptied(name, naming)) {
    // Such names are what the source has; two that become one are NAM-02.
    add(fmt::format("nothing is left of the {} name `{}` after renaming: it becomes `_`", what,
                    shorten(name)))
        .severity = core::Severity::info;
  } else if (protocol::is_too_long(name, naming)) {
    add(fmt::format("the {} name `{}` is longer than 63 bytes: here it is stored as `{}`", what,
                    shorten(name), stored));
  }
}

void add_reserved(const std::vector<std::string_view>& words, std::string_view table,
                  std::string_view what, Drafts& found) {
  if (words.empty()) return;
  Draft draft =
      rules::draft(table, protocol::pointer({"insert", table}),
                   fmt::format("{} {} of SQL: queries must quote {} (here each name is quoted)",
                               names_text(words),
                               words.size() == 1 ? "is a reserved word" : "are reserved words",
                               words.size() == 1 ? "it" : "them"));
  draft.subject = fmt::format("reserved {}", what);
  draft.fix = "quote the name in queries, or give it another one";
  draft.severity = core::Severity::info;
  draft.count = words.size();
  found.push_back(std::move(draft));
}

}  // namespace

Drafts renamed(const core::LoadView& view) {
  constexpr std::size_t kShown = 10;
  const Naming naming = naming_of(view);
  Drafts found;
  for (const TableRows& table : view.response.inserts) {
    if (table.rows() == 0) continue;
    std::vector<std::string> changes;
    const std::string stored = protocol::table_name(table.name, naming);
    if (is_new(view.history, table.name) && stored != table.name)
      changes.push_back(mapping(table.name, stored));
    for (const PageColumn& column : table.columns) {
      const std::string name = protocol::column_name(column.name, naming);
      if (column.types != 0 && name != column.name && is_new(view.history, table.name, column.name))
        changes.push_back(mapping(column.name, name));
    }
    if (changes.empty()) continue;
    Draft draft = rules::draft(table.name, protocol::pointer({"insert", table.name}),
                               fmt::format("{} of `{}` are changed in the destination",
                                           counted(changes.size(), "name"), shorten(table.name)));
    if (changes.size() == 1) draft.message = changes.front();
    draft.count = changes.size();
    draft.evidence = std::move(changes);
    if (draft.evidence.size() > kShown) {
      draft.evidence.resize(kShown);
      draft.evidence.push_back(fmt::format("and {} more", draft.count - kShown));
    }
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts names_collide(const core::CallView& view) {
  const Naming naming = naming_of(view);
  Drafts found;
  Groups tables;
  const auto& inserts = view.response->inserts;
  for (std::size_t t = 0; t < inserts.size(); ++t)
    if (inserts[t].rows() > 0)
      tables[protocol::folded(protocol::table_name(inserts[t].name, naming))].push_back(t);
  for (const auto& [stored, group] : tables) {
    if (group.size() < 2) continue;
    std::vector<std::string_view> sources;
    sources.reserve(group.size());
    for (const std::size_t t : group) sources.push_back(inserts[t].name);
    Draft draft = rules::draft(sources.back(), protocol::pointer({"insert", sources.back()}),
                               fmt::format("{} become one table, `{}`: their rows are merged",
                                           names_text(sources), stored));
    for (const std::size_t t : group)
      draft.evidence.push_back(
          fmt::format("{}: {}", row_pointer("insert", inserts[t], 0), row_text(inserts[t], 0)));
    found.push_back(std::move(draft));
  }
  for (const TableRows& table : inserts)
    for (const auto& [stored, group] : columns_by_name(table, naming))
      if (group.size() > 1) found.push_back(columns_collide(table, stored, group));
  return found;
}

Drafts reserved_name(const core::CallView& view) {
  const Naming naming = naming_of(view);
  Drafts found;
  for (const TableRows& table : view.response->inserts) {
    if (table.rows() > 0 && protocol::is_system_name(protocol::table_name(table.name, naming)))
      found.push_back(draft(table.name, protocol::pointer({"insert", table.name}),
                            fmt::format("the table name `{}` begins with `_fivetran_`, which is "
                                        "reserved for Fivetran's own tables",
                                        shorten(table.name))));
    for (const PageColumn& column : table.columns) {
      if (!protocol::is_system_name(protocol::column_name(column.name, naming))) continue;
      Draft draft =
          rules::draft(table.name, protocol::pointer({"insert", table.name}),
                       fmt::format("`{}` of `{}` is named like a column of Fivetran's own",
                                   shorten(column.name), shorten(table.name)));
      draft.subject = column.name;
      found.push_back(std::move(draft));
    }
  }
  return found;
}

Drafts awkward_name(const core::CallView& view) {
  const Naming naming = naming_of(view);
  Drafts found;
  for (const TableRows& table : view.response->inserts) {
    if (table.rows() == 0) continue;
    const std::string pointer = protocol::pointer({"insert", table.name});
    find_awkward(view, table.name, pointer, "table", table.name, found);
    if (is_new(view.history, table.name) &&
        is_reserved_word(protocol::folded(protocol::table_name(table.name, naming))))
      add_reserved({table.name}, table.name, "table", found);
    std::vector<std::string_view> words;
    for (const PageColumn& column : table.columns) {
      if (column.types == 0) continue;
      find_awkward(view, table.name, pointer, "column", column.name, found);
      if (is_new(view.history, table.name, column.name) &&
          is_reserved_word(protocol::folded(protocol::column_name(column.name, naming))))
        words.push_back(column.name);
    }
    add_reserved(words, table.name, "columns", found);
  }
  return found;
}

// The schema stands at the end of `agent`: "Fivetran AWS Lambda Connector/<external id>/<schema>".
Drafts schema_name_refused(const core::CallView& view) {
  const std::string_view agent = view.request.agent;
  const std::size_t first = agent.find('/');
  if (view.call != 1 || !agent.starts_with("Fivetran ") || first == std::string_view::npos ||
      !agent.substr(0, first).ends_with(" Connector"))
    return {};
  const std::size_t last = agent.find('/', first + 1);
  if (last == std::string_view::npos) return {};
  const std::string_view schema = agent.substr(last + 1);
  if (protocol::is_schema_name(schema)) return {};
  Draft found =
      draft("", "",
            fmt::format("Fivetran's form refuses the schema name `{}`, which `agent` names",
                        shorten(schema)));
  found.evidence.push_back(fmt::format("agent: {}", shorten(agent, 200)));
  return {found};
}

Drafts table_spelled_differently(const core::CallView& view) {
  const Naming naming = naming_of(view);
  Drafts found;
  for (const auto* tables : {&view.response->inserts, &view.response->deletes})
    for (const TableRows& table : *tables) {
      if (table.rows() == 0 || !is_new(view.history, table.name)) continue;
      const std::string stored = protocol::folded(protocol::table_name(table.name, naming));
      const auto is_other = [&](std::string_view name) {
        return name != table.name && protocol::folded(protocol::table_name(name, naming)) == stored;
      };
      std::string_view other;
      for (const auto& [name, known] : view.history.tables)
        if (known.seen && is_other(name)) other = name;
      // Under `insert` of one response it is a collision, NAM-02.
      if (tables == &view.response->deletes)
        for (const TableRows& inserted : view.response->inserts)
          if (inserted.rows() > 0 && is_other(inserted.name)) other = inserted.name;
      if (other.empty() ||
          (tables == &view.response->deletes && view.response->inserts_of(table.name) != nullptr))
        continue;
      found.push_back(draft(
          table.name,
          protocol::pointer({tables == &view.response->inserts ? "insert" : "delete", table.name}),
          fmt::format("`{}` and `{}` are one table, `{}`", shorten(other), shorten(table.name),
                      stored)));
    }
  return found;
}

}  // namespace rules
