// SPDX-License-Identifier: Apache-2.0
#include "protocol/bucket_file.hpp"

#include "protocol/parse.hpp"

#include <iterator>
#include <utility>

namespace protocol {
namespace {

// Facts about rows are told of the response, wherever the rows came from.
void join_facts(core::ParseFacts& to, const core::ParseFacts& from) {
  to.misplaced.insert(to.misplaced.end(), from.misplaced.begin(), from.misplaced.end());
  to.misplaced_count += from.misplaced_count;
  to.duplicate_keys.insert(to.duplicate_keys.end(), from.duplicate_keys.begin(),
                           from.duplicate_keys.end());
  to.duplicate_key_count += from.duplicate_key_count;
  if (to.replaced_characters == 0) to.first_replaced = from.first_replaced;
  to.replaced_characters += from.replaced_characters;
}

}  // namespace

void add_bucket_file(core::SyncResponse& response, core::BucketFile file, const TypeRules& types) {
  if (!response.is_object()) return;
  core::FileFacts& facts = response.file.emplace();
  facts.arrival = file.arrival;
  facts.bytes = file.bytes.size();
  facts.elsewhere = std::move(file.elsewhere);
  facts.compressed = file.bytes.view().starts_with("\x1F\x8B");
  facts.inline_insert = std::exchange(response.insert, {});
  facts.inline_delete = std::exchange(response.del, {});
  response.inserts.clear();
  response.deletes.clear();

  core::SyncResponse content = parse(std::move(file.bytes), types);
  for (const auto& [name, field] :
       {std::pair("state", content.state), std::pair("schema", content.schema_field),
        std::pair("hasMore", content.has_more_field), std::pair("softDelete", content.soft_delete)})
    if (field.present()) facts.answer_keys.emplace_back(name);
  facts.has_rows_fields = content.insert.present() || content.del.present();
  facts.facts = std::move(content.facts);
  if (facts.has_rows_fields) {
    join_facts(response.facts, facts.facts);
    auto& unknown = facts.facts.unknown_keys;
    response.facts.unknown_keys.insert(response.facts.unknown_keys.end(), unknown.begin(),
                                       unknown.end());
  }
  response.insert = content.insert;
  response.del = content.del;
  response.inserts = std::move(content.inserts);
  response.deletes = std::move(content.deletes);
  response.file_body = std::move(content.body);
  response.file_arena = std::move(content.arena);
}

}  // namespace protocol
