// SPDX-License-Identifier: Apache-2.0
// States that a connector sends, one a part: they come back byte for byte from the warehouse, go
// into the next request unchanged, and the rules and the screen bear them.
#include "check.hpp"
#include "core/history.hpp"
#include "destinations/registry.hpp"
#include "protocol/json_text.hpp"
#include "protocol/parse.hpp"
#include "protocol/request.hpp"
#include "reporters/state_change.hpp"
#include "rules/rule_set.hpp"

#include <memory>
#include <string>

namespace {

using fuzz::require;

struct Sync {
  core::History history;
  core::SyncRequest request;
  int calls = 0;

  Sync() { history.begin_sync(1, core::State{}, true); }

  static core::Destination& warehouse() {
    static const std::unique_ptr<core::Destination> opened = *destinations::open("memory:", "", {});
    return *opened;
  }
  static const core::RuleSet& rules() {
    static const std::unique_ptr<core::RuleSet> made = ::rules::make_rule_set({});
    return *made;
  }

  void answer(std::string_view state) {
    core::SyncResponse response = protocol::parse(base::PaddedBuffer(
        "{\"state\":" + std::string(state) + ",\"insert\":{\"t\":[{\"a\":1}]},\"hasMore\":true}"));
    if (!response.is_object() || !response.state.present()) return;
    judge(response);
    const core::State sent{std::string(response.state.raw)};
    static_cast<void>(reporters::state_change(request.state.json, sent.json, 40));
    require(warehouse().set_state(sent, core::WallTime{}).has_value());
    const auto stored = warehouse().state();
    require(stored && *stored && (*stored)->state == sent);
    request.state = sent;
    const auto members = protocol::members(protocol::to_json(request, {}));
    require(members.has_value());
    for (const auto& [key, value] : *members)
      if (key == "state") require(value == protocol::normal_form(sent.json));
    history.absorb(response, {});
  }

  void judge(const core::SyncResponse& response) {
    const std::string before = protocol::canonical(request.state.json).value_or("");
    const std::string after = protocol::canonical(response.state.raw).value_or("");
    core::RawResponse raw;
    const auto verdict = rules().judge_call({.sync = 1,
                                             .call = ++calls,
                                             .request = request,
                                             .raw = raw,
                                             .response = &response,
                                             .history = history,
                                             .canonical_request_state = before,
                                             .canonical_response_state = after});
    for (const core::Finding& finding : verdict.findings) require(!finding.message.empty());
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz::text_of(data, size);
  Sync sync;
  while (!text.empty() && sync.calls < 6) sync.answer(fuzz::next_part(text));
  return 0;
}
