// SPDX-License-Identifier: Apache-2.0
#include "rules/draft.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rules {

Draft draft(std::string_view table, std::string pointer, std::string message) {
  Draft made;
  made.table = table;
  made.pointer = std::move(pointer);
  made.message = std::move(message);
  return made;
}

Draft& Folded::add(std::string_view kind, Draft draft) {
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    Draft& first = drafts_[i];
    if (kinds_[i] != kind || first.table != draft.table) continue;
    if (first.count < kEvidence) {
      std::ranges::move(draft.evidence, std::back_inserter(first.evidence));
      std::ranges::move(draft.collisions, std::back_inserter(first.collisions));
    }
    first.count += draft.count;
    return first;
  }
  kinds_.emplace_back(kind);
  if (draft.about.empty()) draft.about = kind;
  return drafts_.emplace_back(std::move(draft));
}

}  // namespace rules
