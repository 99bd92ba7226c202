// SPDX-License-Identifier: Apache-2.0
#include "protocol/assumptions.hpp"

#include <algorithm>

namespace protocol {

std::span<const Assumption> assumptions() {
  static const std::vector<Assumption> kAll = {
      {"setup-test-state",
       {"empty", "absent"},
       "empty",
       "whether the setup test carries a `state`",
       "`state: {}` is sent, and then a second test without it, whose failure is only told; "
       "`absent` swaps the two",
       "contract §1.4"},
      {"custom-payload-field",
       {},
       "customPayload",
       "the name of the request's field for custom payloads",
       "`customPayload`, the name that third-party functions read",
       "contract §1.2"},
      {"secrets-when-none",
       {"empty", "absent"},
       "empty",
       "whether `secrets` is sent when none are configured",
       "`secrets: {}` is sent: the official samples refuse a request without the field",
       "contract §1.2"},
      {"delete-mode",
       {"hard", "soft"},
       "hard",
       "what a `delete` row does: the current FAQ says hard delete, the notes of 2018 say soft",
       "rows are removed; tables named in `softDelete` are marked instead",
       "contract §4.3"},
      {"batch",
       {"sync", "response"},
       "sync",
       "whether `_fivetran_batch` counts syncs or responses",
       "one batch a sync, since users select the latest load by the highest batch",
       "contract §4.2"},
      {"softdelete-cutoff",
       {"sync", "response"},
       "sync",
       "which rows of a table named in `softDelete` are marked deleted",
       "those stored before this sync and not sent again in it; `response`: not sent again in the "
       "same response",
       "contract §4.3"},
      {"duplicate-winner",
       {"last", "first"},
       "last",
       "which of several rows with one key in a response stays",
       "the last one; `first` also keeps the types that the others would have needed",
       "contract §4.1"},
      {"key-null",
       {"reject", "load"},
       "reject",
       "what happens to a row whose key is missing or null",
       "it is not loaded and counted as rejected (ROW-01, ROW-02); its page goes on. `load` stores "
       "it with a null in its key, as Fivetran's SFTP connector does: no later row can replace it",
       "contract §4.1"},
      {"key-change",
       {"rebuild", "keep"},
       "rebuild",
       "what a changed primary key does to the stored rows",
       "the table is rebuilt under the new key, the last row wins; a `schema` entry that only "
       "disappears leaves the stored key in force. `keep`: the stored key stays, whatever later "
       "responses say",
       "contract §4.1"},
      {"fraction",
       {"double", "decimal"},
       "double",
       "the type of a number with a fraction",
       "DOUBLE when the double prints back to the same digits, else DECIMAL, else STRING; "
       "`decimal` tries DECIMAL (up to 38 digits) first",
       "contract §4.5, design §5"},
      {"dates",
       {"iso", "none"},
       "iso",
       "which strings become dates and timestamps",
       "the forms of RFC 3339 (a date; with a time; with Z or an offset ±HH:MM) that name a real "
       "moment; `none` leaves every text a STRING",
       "contract §4.5"},
      {"arrays",
       {"json", "string"},
       "json",
       "how an array in a cell is stored",
       "as JSON, like an object; `string` gives a STRING that holds the JSON",
       "contract §4.5"},
      {"empty-response",
       {"no-rows", "no-rows-same-state"},
       "no-rows",
       "what counts as an empty response towards the limit of ten in a row",
       "no row to insert or delete and no softDelete, whatever the state does; "
       "`no-rows-same-state` counts it only when the state stays the same too",
       "contract §3"},
  };
  return kAll;
}

const Assumption* find_assumption(std::string_view name) {
  const auto all = assumptions();
  const auto found = std::ranges::find(all, name, &Assumption::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace protocol
