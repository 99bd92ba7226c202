// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/budget.hpp"
#include "core/clock.hpp"
#include "core/connector.hpp"
#include "core/destination.hpp"
#include "core/reporter.hpp"
#include "core/rule.hpp"
#include "engine/leak_watch.hpp"
#include "engine/log_order.hpp"
#include "protocol/request.hpp"
#include "protocol/type_rules.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace engine {

// Everything outside that a sync touches. Tests bring fakes. All references outlive the engine.
struct World {
  core::Connector& connector;
  core::Destination& destination;
  const core::RuleSet& rules;
  core::Reporter& reporter;
  core::Clock& clock;
  std::function<std::string()> new_uuid;
  // The user asked to end after the running call.
  std::function<bool()> interrupted;
  // Looks for secrets in answers and logs; null: nobody does.
  LeakWatch* leaks = nullptr;
  // Through which the connector's lines go to the reporter; null: they come in any order.
  LogOrder* logs = nullptr;
  // What plays the connector knows that there is no answer to a further call of the running sync:
  // it is a recording of a sync that was stopped. Empty: never.
  std::function<bool()> exhausted = {};
};

// How syncs are to run.
struct Settings {
  core::Platform platform = core::Platform::aws;
  core::Limits limits;
  std::chrono::milliseconds call_timeout{0};
  std::chrono::milliseconds sync_limit = std::chrono::hours(6);  // contract §3, "6 h"
  core::Budget budget;
  int warn_calls = 10'000;
  bool check_idempotent = false;
  protocol::RequestShape request_shape;
  protocol::TypeRules types;
  bool loads_null_keys = false, keeps_stored_keys = false;  // core::CallView
  bool source_naming = false;                               // core::CallView
  bool setup_test_has_state = true;     // of the setup test that decides; the other one informs
  bool new_state_is_not_empty = false;  // a response without rows but with a new state
  bool measure_times = false;           // core::SyncReport::times
  std::string agent;
  std::string secrets_json = "{}";
  std::optional<std::string> custom_payload_json;
  std::string bucket;                  // rows come through this S3 bucket; empty: in the answers
  std::optional<std::string> sync_id;  // instead of a new one for each sync
  // The command that makes one call, to which a finding adds the state: "fivetran-sim invoke T".
  // Empty: findings do not say how to see them again.
  std::string reproduce;
  // Noted in the destination as whose data it holds, with the first page that is loaded: a target
  // that never gave one does not get the schema.
  std::optional<core::ConnectionInfo> claim;
};

}  // namespace engine
