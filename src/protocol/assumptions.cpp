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
       "`state: {}` is sent; `--setup-test` sends a second test without it, whose failure is only "
       "told",
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
      {"empty-response",
       {"no-rows"},
       "no-rows",
       "what counts as an empty response towards the limit of ten in a row",
       "no row to insert or delete and no softDelete, whatever the state does",
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
