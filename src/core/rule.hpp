// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "core/history.hpp"
#include "core/leak.hpp"
#include "core/load.hpp"
#include "core/raw_response.hpp"
#include "core/sync_request.hpp"
#include "core/sync_response.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

// What a rule's error does. rejects: the response is not loaded, the state stays, the sync fails;
// judges: it is loaded and the sync goes on.
enum class Effect { judges, rejects };

// A row of the catalogue.
struct RuleInfo {
  std::string_view id;    // "RSP-05"
  std::string_view slug;  // "near-miss-key"
  Severity fidelity = Severity::warning;
  Severity strict = Severity::warning;
  Effect fidelity_effect = Effect::judges;
  Effect strict_effect = Effect::judges;
  Certainty certainty = Certainty::inferred;
  std::string_view brief;   // one line
  std::string_view detail;  // what real Fivetran does and why it matters
  std::string_view fix;
  std::string_view source;  // a link or a section of the contract
};

enum class Platform { aws, gcp, azure };
std::string_view name(Platform platform);

// Bytes and time that a platform allows: contract §3.1.
struct Limits {
  std::uint64_t request_bytes = 0;
  std::uint64_t response_bytes = 0;
  std::chrono::milliseconds call_time{0};
};

// One call as the response rules see it. `response` is null when the connector did not answer.
struct CallView {
  int sync = 0, call = 0;
  const SyncRequest& request;
  std::uint64_t request_bytes = 0;
  const RawResponse& raw;
  const SyncResponse* response = nullptr;
  const History& history;
  Limits limits;
  std::chrono::milliseconds timeout{0};  // the limit that was in force
  WallTime now{};
  // Of the request's and the response's canonical state and whole answer, when there was one.
  std::string_view canonical_request_state, canonical_response_state;
  std::optional<Cycle> cycle;  // the state of this call was sent before in this sync
  // The answer to the same request sent once more, when --check-idempotent asked for it.
  const SyncResponse* repeat = nullptr;
  int warn_calls = 10'000;  // LOOP-04 warns above
  // How the destination loads, where the user turned an assumption round: rows without a usable key
  // are loaded with a null in it; a stored key stays whatever is declared.
  bool loads_null_keys = false, keeps_stored_keys = false;
  bool source_naming = false;   // names stay as the connector wrote them
  std::span<const Leak> leaks;  // secrets in the answer, its error and its log
};

// A page after it was loaded.
struct LoadView {
  int sync = 0, call = 0;
  const SyncResponse& response;
  const LoadFacts& facts;
  const History& history;  // before this page was absorbed
  bool source_naming = false;
};

// A sync that came to its end.
struct SyncView {
  int sync = 0;
  const History& history;
  State end_state;
  bool finished = false;            // hasMore was false
  bool time_limit_reached = false;  // the six hours, scaled
  WallTime now{};
};

struct Verdict {
  std::vector<Finding> findings;
  bool rejected = false;  // an error of a rejecting rule is among them
};

// Judges calls, loads and syncs. Implemented by rules/; the engine and its tests know only this.
class RuleSet {
 public:
  virtual ~RuleSet() = default;
  // Response rules: before the page is loaded; only they may reject.
  virtual Verdict judge_call(const CallView& view) const = 0;
  // Stored-row rules: on what loading did.
  virtual std::vector<Finding> judge_load(const LoadView& view) const = 0;
  virtual std::vector<Finding> judge_sync(const SyncView& view) const = 0;
};

}  // namespace core
