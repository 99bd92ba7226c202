// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chaos.hpp"
#include "core/destination.hpp"
#include "core/report.hpp"
#include "engine/world.hpp"
#include "workflows/faulty_connector.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace workflows {

// What disturbed syncs run in. All references outlive it.
struct Lab {
  MakeConnector make_connector;
  // Empty tables that are thrown away afterwards.
  std::function<base::Result<std::unique_ptr<core::Destination>>()> make_destination;
  const core::RuleSet& rules;
  core::Clock& clock;
  std::function<std::string()> new_uuid;
  std::function<bool()> interrupted;
  std::uint64_t max_calls = 0;  // of the connector, over everything; 0: none
  std::uint64_t calls = 0;      // made so far

  // No further call may be made.
  bool is_over() const { return interrupted() || (max_calls > 0 && calls >= max_calls); }
};

// One connection that lives through a fault: a connector, its tables and its state.
class LabConnection {
 public:
  // `usual_calls`: of an undisturbed sync; several times as many without an end are endless.
  LabConnection(Lab& lab, engine::Settings settings, FaultPlan plan, int usual_calls);

  // One sync from the stored state, or up to `max_calls` calls of it.
  base::Result<core::SyncReport> sync(std::uint64_t max_calls = 0);
  // Syncs until one reaches its end, as Fivetran would go on trying. What keeps it from ending, or
  // empty. Where the lab is over it just returns.
  base::Result<std::string> to_the_end();
  // What `state rewind` does.
  base::Result<void> set_state(const core::State& state);
  // The same process, but a new connection: empty tables, no state.
  base::Result<void> begin_anew();

  core::Destination& tables() { return *destination_; }
  // Gives the tables away; the connection is over.
  std::unique_ptr<core::Destination> take_tables() { return std::move(destination_); }
  // States of accepted calls in order.
  const std::vector<core::State>& checkpoints() const { return checkpoints_; }
  const std::vector<core::SyncReport>& syncs() const { return syncs_; }

 private:
  base::Result<void> open();

  Lab& lab_;
  engine::Settings settings_;
  FaultyConnector connector_;
  std::uint64_t most_calls_;
  std::unique_ptr<core::Destination> destination_;
  std::vector<core::State> checkpoints_;
  std::vector<core::SyncReport> syncs_;
};

}  // namespace workflows
