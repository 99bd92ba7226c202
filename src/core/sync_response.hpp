// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/padded_buffer.hpp"
#include "core/raw_response.hpp"
#include "core/value.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

// Texts that the page had to rewrite (escapes, white space): they stay where they are while the
// page lives.
class TextArena {
 public:
  // A writable block of `size` bytes.
  char* allocate(std::size_t size);

 private:
  std::deque<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = 0, capacity_ = 0;
};

// A root field as it was sent.
struct FieldFact {
  JsonKind kind = JsonKind::absent;
  std::string_view raw;  // the bytes of its value, untouched
  bool present() const noexcept { return kind != JsonKind::absent; }
};

// Where a body stopped being JSON.
struct SyntaxFault {
  std::size_t offset = 0, line = 0,
              column = 0;  // line and column count from 1, columns in characters
  std::string what;        // "expected ',' or '}' after a value"
  std::string excerpt;     // the text around it on one line
  std::string hint;        // what usually causes this, or empty
};

// What the body is as a whole.
enum class BodyForm {
  object,
  empty,
  syntax_fault,
  other
};  // other: JSON, but the root is no object

// A value in a place where the contract wants another kind.
struct ShapeFact {
  std::string_view field;  // "insert", "delete", "schema", "softDelete"
  std::string_view table;  // empty when the field itself is meant
  std::string pointer;
  JsonKind kind = JsonKind::null;  // what stands there
};

struct DuplicateKey {
  std::string pointer;  // of the object
  std::string key;
};

// An entry of `schema`.
struct SchemaEntry {
  std::string_view table;
  JsonKind kind = JsonKind::object;  // of the entry
  JsonKind primary_key_kind = JsonKind::absent;
  std::vector<std::string_view> primary_key;  // its strings, in order, duplicates included
  std::vector<JsonKind> not_strings;          // kinds of elements that are no strings
  std::vector<std::string_view> other_keys;   // keys beside primary_key
  bool usable_key() const noexcept { return !primary_key.empty() && not_strings.empty(); }
};

// How `hasMore` is taken: contract §2.1.
struct HasMore {
  bool value = false;  // in fidelity: after coercion
  bool exact = false;  // a JSON boolean was sent
  bool usable = true;  // false: no known reading, e.g. an object; taken as false
};

// What stood in a response, without any judgement.
struct ParseFacts {
  BodyForm form = BodyForm::empty;
  JsonKind root = JsonKind::absent;
  std::optional<SyntaxFault> fault;
  bool byte_order_mark = false;
  bool root_string_holds_json = false;  // the body is a JSON string whose text is JSON again
  struct RootKey {
    std::string_view key;
    JsonKind kind;
  };
  std::vector<RootKey> unknown_keys;
  std::vector<ShapeFact> misplaced;  // at most kListed; misplaced_count counts all
  std::uint64_t misplaced_count = 0;
  std::vector<DuplicateKey> duplicate_keys;  // at most kListed
  std::uint64_t duplicate_key_count = 0;
  std::uint64_t replaced_characters = 0;  // U+0000 and lone surrogates, stored as U+FFFD
  std::string first_replaced;             // pointer of the first
  static constexpr std::size_t kListed = 20;
};

// What a response left in its S3 bucket, where it was to (contract §2.2): the rows are in
// SyncResponse as if they had come in the answer.
struct FileFacts {
  BucketFile::Arrival arrival = BucketFile::Arrival::never;
  std::uint64_t bytes = 0;
  std::vector<std::string> elsewhere;         // BucketFile::elsewhere
  ParseFacts facts;                           // of its content
  bool compressed = false;                    // it is gzip
  bool has_rows_fields = false;               // `insert` or `delete`
  std::vector<std::string_view> answer_keys;  // in it, but belong into the answer: "state", …
  FieldFact inline_insert, inline_delete;     // in the answer, but belong into it; not loaded
};

// A parsed response. Owns the body; everything else points into it. Move-only.
struct SyncResponse {
  base::PaddedBuffer body;
  TextArena arena;
  ParseFacts facts;

  FieldFact state, has_more_field, insert, del, schema_field, soft_delete;
  FieldFact error_message, error_type, stack_trace;
  HasMore has_more;
  std::string_view error_message_text, error_type_text;  // escapes resolved, when they are strings

  std::vector<TableRows> inserts, deletes;  // one entry a table, in the connector's order
  std::vector<SchemaEntry> schema;
  std::vector<std::string_view> soft_delete_tables;
  bool soft_delete_all = false;  // `softDelete: true`

  base::PaddedBuffer file_body;  // what the rows point into when they came through a bucket
  TextArena file_arena;
  std::optional<FileFacts> file;

  bool is_object() const noexcept { return facts.form == BodyForm::object; }
  std::uint64_t insert_rows() const noexcept;
  std::uint64_t delete_rows() const noexcept;
  // Its state is new and that alone keeps it from being empty (`--assume empty-response=…`).
  bool state_moved_on = false;
  // No row to insert or delete and no soft delete: contract §3, "empty responses".
  bool is_empty() const noexcept;
  const SchemaEntry* schema_of(std::string_view table) const noexcept;
  const TableRows* inserts_of(std::string_view table) const noexcept;
  const TableRows* deletes_of(std::string_view table) const noexcept;
};

}  // namespace core
