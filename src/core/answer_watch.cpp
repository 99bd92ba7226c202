// SPDX-License-Identifier: Apache-2.0
#include "core/answer_watch.hpp"

#include "base/hash.hpp"

namespace core {

void AnswerWatch::absorb_rows(int call, std::string_view sent_state, const SyncResponse& response) {
  const std::uint64_t rows =
                          base::hash64(response.insert.raw) * 31 + base::hash64(response.del.raw),
                      state = base::hash64(sent_state),
                      count = response.insert_rows() + response.delete_rows();
  const bool goes_on = same_.calls > 0 && count > 0 && rows == last_rows_ && state != last_state_;
  if (goes_on)
    ++same_.calls;
  else
    same_ = {call, count > 0 ? 1 : 0, count};
  if (same_.calls > longest_same_.calls) longest_same_ = same_;
  last_rows_ = rows;
  last_state_ = state;
}

void AnswerWatch::absorb(int call, std::string_view sent_state, const SyncResponse& response) {
  absorb_rows(call, sent_state, response);
  const std::size_t size = response.state.raw.size();
  if (size <= sent_state.size()) {
    growth_ = {};
    return;
  }
  if (growth_.calls == 0) growth_.from = sent_state.size();
  ++growth_.calls;
  growth_.to = size;
  if (growth_.calls > longest_growth_.calls) longest_growth_ = growth_;
}

}  // namespace core
