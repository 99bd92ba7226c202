// SPDX-License-Identifier: Apache-2.0
// A response of a connector: the fast path and the slow path must agree on what JSON is, rewriting
// must be stable, and no cell may point outside its page.
#include "protocol/explain.hpp"
#include "protocol/json_text.hpp"
#include "protocol/parse.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void read_all_cells(const core::SyncResponse& response) {
  std::uint64_t bytes = 0;
  for (const auto* side : {&response.inserts, &response.deletes})
    for (const core::TableRows& table : *side) {
      for (std::size_t i = 0; i < table.rows(); ++i)
        for (const core::Value& cell : table.row(i)) {
          require(cell.column < table.columns.size());
          for (const char c : cell.text()) bytes += static_cast<unsigned char>(c);
        }
      require(table.rows() == 0 || table.row_ends.back() == table.cells.size());
    }
  require(bytes < UINT64_MAX);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const core::SyncResponse response = protocol::parse(base::PaddedBuffer(text));
  const bool fast =
      response.facts.form == core::BodyForm::object || response.facts.form == core::BodyForm::other;
  require(fast == !protocol::explain(text));
  read_all_cells(response);
  const auto normal = protocol::normal_form(text);
  require(normal.has_value() == fast);
  if (normal) {
    require(protocol::normal_form(*normal) == normal);
    const auto canonical = protocol::canonical(text);
    require(canonical && protocol::canonical(*canonical) == canonical);
  }
  return 0;
}
