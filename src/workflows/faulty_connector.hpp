// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/connector.hpp"
#include "workflows/chaos_faults.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace workflows {

// Makes the connector under test, each time as a fresh one: no process of it runs yet.
using MakeConnector = std::function<base::Result<std::unique_ptr<core::Connector>>()>;

// Which call is disturbed, and how.
struct FaultPlan {
  FaultKind kind = FaultKind::none;
  int page = 0;                         // the call, from 1, as the caller counts
  std::chrono::microseconds usual{0};   // how long this call takes undisturbed, for `killed`
  double share = 0.5;                   // of that time, or of the answer's bytes, where it is cut
  std::uint64_t response_limit = 0;     // of the platform, for `oversized`
  std::uint64_t* calls_made = nullptr;  // counts each call of the connector itself
};

// A connector around a connector, which once behaves as a lossy network or a failing platform
// would.
class FaultyConnector final : public core::Connector {
 public:
  FaultyConnector(MakeConnector make, FaultPlan plan) : make_(std::move(make)), plan_(plan) {}

  base::Result<core::RawResponse> invoke(const core::Call& call) override;
  std::string describe() const override;
  void stop() noexcept override;

 private:
  base::Result<core::RawResponse> pass_on(const core::Call& call);
  base::Result<core::RawResponse> killed(const core::Call& call);
  base::Result<core::RawResponse> disturbed(const core::Call& call);

  MakeConnector make_;
  FaultPlan plan_;
  int seen_ = 0;
  mutable std::mutex mutex_;  // guards inner_, which stop() uses from another thread
  std::shared_ptr<core::Connector> inner_;
};

// A request whose `state` says the same in other bytes: the keys of its objects in reverse order,
// or with other white space and every letter of its texts escaped. Digits stay as they are.
std::string with_reordered_state(std::string_view request);
std::string with_respelled_state(std::string_view request);

}  // namespace workflows
