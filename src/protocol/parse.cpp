// SPDX-License-Identifier: Apache-2.0
#include "protocol/parse.hpp"

#include "protocol/explain.hpp"
#include "protocol/json_cursor.hpp"
#include "protocol/json_text.hpp"
#include "protocol/pointer.hpp"
#include "protocol/row_reader.hpp"
#include "protocol/structural_index.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace protocol {
namespace {

using core::JsonKind;
using core::SyncResponse;

// A nested object inside a cell or the state holds a key twice: its place is known only as a text
// position, so the pointer is that of the root field it stands in.
class NestedDuplicates final : public DuplicateWatch {
 public:
  explicit NestedDuplicates(SyncResponse& response) : response_(response) {}
  void duplicate_key(std::string_view key, std::size_t) override {
    core::ParseFacts& facts = response_.facts;
    if (facts.duplicate_keys.size() < core::ParseFacts::kListed)
      facts.duplicate_keys.push_back({place, std::string(key)});
    ++facts.duplicate_key_count;
  }
  std::string place;

 private:
  SyncResponse& response_;
};

class ResponseReader {
 public:
  ResponseReader(SyncResponse& response, JsonCursor& cursor, NestedDuplicates& nested,
                 const TypeRules& types)
      : page_{response, cursor, types}, response_(response), cursor_(cursor), nested_(nested) {}

  bool read_root() {
    cursor_.take('{');
    bool more = !cursor_.take('}');
    std::vector<std::string_view> seen;
    while (more) {
      RawString raw;
      if (!cursor_.take_key(raw)) return false;
      const std::string_view key = page_.text_of(raw);
      if (std::ranges::find(seen, key) != seen.end()) page_.duplicate("", key);
      seen.push_back(key);
      nested_.place = pointer({key});
      if (!read_field(key) || !cursor_.take_separator('}', more)) return false;
    }
    return cursor_.at_end();
  }

 private:
  bool read_field(std::string_view key) {
    if (key == "insert") return read_tables("insert", response_.insert, response_.inserts);
    if (key == "delete") return read_tables("delete", response_.del, response_.deletes);
    if (key == "schema") return read_schema();
    Walked walked;
    if (key == "softDelete") return read_soft_delete();
    if (!cursor_.take_value(walked)) return false;
    const core::FieldFact fact{walked.kind, walked.raw};
    if (key == "state") {
      response_.state = fact;
    } else if (key == "hasMore") {
      response_.has_more_field = fact;
    } else if (key == "errorMessage") {
      response_.error_message = fact;
      if (walked.kind == JsonKind::string)
        response_.error_message_text = page_.text_of(walked.string);
    } else if (key == "errorType") {
      response_.error_type = fact;
      if (walked.kind == JsonKind::string) response_.error_type_text = page_.text_of(walked.string);
    } else if (key == "stackTrace") {
      response_.stack_trace = fact;
    } else {
      response_.facts.unknown_keys.push_back({key, walked.kind});
    }
    return true;
  }

  // A field that must be an object but is something else.
  bool take_misplaced(std::string_view field, core::FieldFact& fact) {
    Walked walked;
    if (!cursor_.take_value(walked)) return false;
    fact = {walked.kind, walked.raw};
    page_.misplaced(field, "", pointer({field}), walked.kind);
    return true;
  }

  void end_field(core::FieldFact& fact, std::uint32_t begin) {
    // The closing brace is the last token before the cursor.
    const std::string_view body = response_.body.view();
    std::size_t end = cursor_.position();
    while (end > begin && std::string_view(",}").find(body[end - 1]) == std::string_view::npos)
      --end;
    fact = {JsonKind::object, body.substr(begin, end - begin)};
  }

  bool read_tables(std::string_view field, core::FieldFact& fact,
                   std::vector<core::TableRows>& tables) {
    tables.clear();
    if (cursor_.peek() != '{') return take_misplaced(field, fact);
    const std::uint32_t begin = cursor_.position();
    cursor_.take('{');
    bool more = !cursor_.take('}');
    while (more) {
      RawString raw;
      if (!cursor_.take_key(raw)) return false;
      const std::string_view name = page_.text_of(raw);
      auto twin = std::ranges::find(tables, name, &core::TableRows::name);
      if (twin != tables.end()) {
        page_.duplicate(pointer({field}), name);
        tables.erase(twin);
      }
      core::TableRows& table = tables.emplace_back();
      table.name = name;
      nested_.place = pointer({field, name});
      if (!RowReader(page_, field, table).read() || !cursor_.take_separator('}', more))
        return false;
    }
    end_field(fact, begin);
    return true;
  }

  bool read_schema() {
    response_.schema.clear();
    if (cursor_.peek() != '{') return take_misplaced("schema", response_.schema_field);
    const std::uint32_t begin = cursor_.position();
    cursor_.take('{');
    bool more = !cursor_.take('}');
    while (more) {
      RawString raw;
      if (!cursor_.take_key(raw)) return false;
      const std::string_view name = page_.text_of(raw);
      auto twin = std::ranges::find(response_.schema, name, &core::SchemaEntry::table);
      if (twin != response_.schema.end()) {
        page_.duplicate("/schema", name);
        response_.schema.erase(twin);
      }
      core::SchemaEntry& entry = response_.schema.emplace_back();
      entry.table = name;
      if (!read_schema_entry(entry) || !cursor_.take_separator('}', more)) return false;
    }
    end_field(response_.schema_field, begin);
    return true;
  }

  bool read_schema_entry(core::SchemaEntry& entry) {
    if (cursor_.peek() != '{') {
      Walked walked;
      if (!cursor_.take_value(walked)) return false;
      entry.kind = walked.kind;
      page_.misplaced("schema", entry.table, pointer({"schema", entry.table}), walked.kind);
      return true;
    }
    cursor_.take('{');
    bool more = !cursor_.take('}');
    while (more) {
      RawString key;
      if (!cursor_.take_key(key)) return false;
      if (const std::string_view name = page_.text_of(key); name != "primary_key") {
        Walked walked;
        if (!cursor_.take_value(walked)) return false;
        entry.other_keys.push_back(name);
      } else if (!read_primary_key(entry)) {
        return false;
      }
      if (!cursor_.take_separator('}', more)) return false;
    }
    return true;
  }

  bool read_primary_key(core::SchemaEntry& entry) {
    Walked walked;
    entry.primary_key.clear();
    entry.not_strings.clear();
    if (cursor_.peek() != '[') {
      if (!cursor_.take_value(walked)) return false;
      entry.primary_key_kind = walked.kind;
      return true;
    }
    entry.primary_key_kind = JsonKind::array;
    return read_strings([&](const Walked& element) {
      if (element.kind == JsonKind::string) {
        entry.primary_key.push_back(page_.text_of(element.string));
      } else {
        entry.not_strings.push_back(element.kind);
      }
    });
  }

  bool read_soft_delete() {
    Walked walked;
    const std::uint32_t begin = cursor_.position();
    response_.soft_delete_tables.clear();
    response_.soft_delete_all = false;
    if (cursor_.peek() != '[') {
      if (!cursor_.take_value(walked)) return false;
      response_.soft_delete = {walked.kind, walked.raw};
      response_.soft_delete_all = walked.raw == "true";
      return true;
    }
    response_.soft_delete = {JsonKind::array, response_.body.view().substr(begin, 1)};
    std::size_t position = 0;
    return read_strings([&](const Walked& element) {
      if (element.kind == JsonKind::string) {
        response_.soft_delete_tables.push_back(page_.text_of(element.string));
      } else {
        page_.misplaced("softDelete", "", pointer({"softDelete", std::to_string(position)}),
                        element.kind);
      }
      ++position;
    });
  }

  // The elements of an array, each given to `take`.
  template <class Take>
  bool read_strings(Take take) {
    cursor_.take('[');
    bool more = !cursor_.take(']');
    while (more) {
      Walked element;
      if (!cursor_.take_value(element)) return false;
      take(element);
      if (!cursor_.take_separator(']', more)) return false;
    }
    return true;
  }

  PageContext page_;
  SyncResponse& response_;
  JsonCursor& cursor_;
  NestedDuplicates& nested_;
};

// `hasMore` as Fivetran takes it: contract §2.1. The strings "true" and "false" in any case are
// known to work; absent means false; numbers and null are read the way a lenient parser would.
core::HasMore read_has_more(const core::FieldFact& field) {
  core::HasMore more;
  std::string word(field.raw);
  std::ranges::transform(word, word.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  switch (field.kind) {
    case JsonKind::boolean:
      more.exact = true;
      more.value = word == "true";
      break;
    case JsonKind::string:
      more.value = word == "\"true\"";
      more.usable = more.value || word == "\"false\"";
      break;
    case JsonKind::number:
      more.value = word == "1";
      more.usable = more.value || word == "0";
      break;
    case JsonKind::absent:
    case JsonKind::null: break;
    case JsonKind::object:
    case JsonKind::array: more.usable = false; break;
  }
  return more;
}

// Forgets what was read before the fault: a broken body gives no rows.
void set_fault(SyncResponse& response) {
  SyncResponse broken;
  broken.body = std::move(response.body);
  broken.facts.form = core::BodyForm::syntax_fault;
  broken.facts.byte_order_mark = broken.body.view().starts_with("\xEF\xBB\xBF");
  broken.facts.fault = explain(broken.body.view());
  if (!broken.facts.fault) {
    broken.facts.fault.emplace();
    broken.facts.fault->line = broken.facts.fault->column = 1;
    broken.facts.fault->what = "the body is too large to be read";
  }
  response = std::move(broken);
}

bool read_other_root(SyncResponse& response, JsonCursor& cursor) {
  Walked walked;
  if (!cursor.take_value(walked) || !cursor.at_end()) return false;
  response.facts.form = core::BodyForm::other;
  response.facts.root = walked.kind;
  if (walked.kind == JsonKind::string) {
    const std::string text = string_value(walked.raw).value_or("");
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    response.facts.root_string_holds_json =
        first != text.npos && (text[first] == '{' || text[first] == '[') && normal_form(text);
  }
  return true;
}

}  // namespace

core::SyncResponse parse(base::PaddedBuffer body, const TypeRules& types) {
  // Kept between pages of a thread: its tables are as large as the largest page.
  thread_local StructuralIndex index;
  SyncResponse response;
  response.body = std::move(body);
  const std::string_view text = response.body.view();
  const auto status = index.build(text);
  if (status == StructuralIndex::Status::empty) return response;
  if (status == StructuralIndex::Status::broken) {
    set_fault(response);
    return response;
  }
  NestedDuplicates nested(response);
  JsonCursor cursor(text, index.begin(), index.end(), &nested);
  if (cursor.peek() != '{') {
    if (!read_other_root(response, cursor)) set_fault(response);
    return response;
  }
  response.facts.form = core::BodyForm::object;
  response.facts.root = JsonKind::object;
  ResponseReader reader(response, cursor, nested, types);
  if (!reader.read_root()) {
    set_fault(response);
    return response;
  }
  response.has_more = read_has_more(response.has_more_field);
  return response;
}

}  // namespace protocol
