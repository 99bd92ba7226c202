// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/load.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workflows {

// What a change is allowed to do. evolve: it is noted; warn: it is told; freeze: it fails.
enum class ContractWord { evolve, warn, freeze };
std::string_view name(ContractWord word);
std::optional<ContractWord> contract_word(std::string_view name);

// How strictly the parts of a schema are held. `columns` also covers the key that they form.
struct Contract {
  ContractWord tables = ContractWord::freeze;
  ContractWord columns = ContractWord::freeze;
  ContractWord types = ContractWord::freeze;
};

struct LockedTable {
  std::string source;                    // as the connector wrote it first; to read, not compared
  std::vector<std::string> primary_key;  // destination names, in alphabetical order
  std::map<std::string, core::ColumnType> columns;
  std::optional<ContractWord> columns_word, types_word;  // instead of the contract's
};

// A schema as a file in the repository: docs/schema.schema.json.
struct SchemaLock {
  std::string naming = "fivetran";
  Contract contract;
  std::map<std::string, LockedTable> tables;
};

// Error (usage): no such file, no JSON, or not of this form; the message names the place.
base::Result<SchemaLock> read_schema_lock(const std::string& path);
// The text of the file: sorted, one column a line, the same for the same schema.
std::string schema_lock_text(const SchemaLock& lock);
// Locks what a destination holds. `before`: the lock that it replaces, whose contract words stay.
SchemaLock lock_of(const std::vector<core::Table>& tables, const std::string& naming,
                   const SchemaLock* before);

// safe: what reads the tables goes on; needs_resync: stored rows and new ones do not fit together
// until the connection is re-synced; breaking: what reads the tables may fail.
enum class Impact { safe, needs_resync, breaking };
std::string_view name(Impact impact);

enum class DriftKind {
  naming_changed,
  table_added,
  table_removed,
  column_added,
  column_removed,
  type_changed,
  key_changed
};

// Something that is not as it was locked.
struct SchemaDrift {
  DriftKind kind = DriftKind::table_added;
  std::string table, column;  // destination names; empty where they do not apply
  std::string before, after;  // types or keys
  Impact impact = Impact::safe;
  ContractWord word = ContractWord::freeze;
};

// How `tables` differ from the lock, by table and column. A type is as locked when the locked one
// holds its values without changing one: a warehouse filled from a few rows has narrower types.
std::vector<SchemaDrift> compare_with_lock(const SchemaLock& lock,
                                           const std::vector<core::Table>& tables,
                                           const std::string& naming);

// "column orders.total: LONG → STRING"
std::string text_of(const SchemaDrift& drift);

}  // namespace workflows
