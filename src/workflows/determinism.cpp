// SPDX-License-Identifier: Apache-2.0
#include "workflows/determinism.hpp"

#include "base/text.hpp"
#include "engine/calls.hpp"
#include "protocol/pointer.hpp"
#include "workflows/json_difference.hpp"
#include "workflows/made_finding.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace workflows {
namespace {

constexpr const char* kWarm = "warm";
constexpr const char* kCold = "cold";
constexpr const char* kElsewhere = "time zone and locale";
constexpr const char* kReordered = "reordered state";
constexpr std::size_t kShown = 80;

// The state before the first call, the middle one and after the last.
std::vector<std::pair<std::string, core::State>> states_of(const core::SyncReport& sync) {
  std::vector<std::pair<std::string, core::State>> states = {{"at {}", {}}};
  const std::size_t calls = sync.calls.size();
  if (calls > 1)
    states.emplace_back(fmt::format("after page {}", calls / 2),
                        core::State{sync.calls[calls / 2 - 1].state_after});
  states.emplace_back(fmt::format("after page {}", calls),
                      core::State{sync.calls.back().state_after});
  return states;
}

std::string shown(std::string_view json) {
  return json.empty() ? "nothing" : base::elide_middle(json, kShown);
}

class Check {
 public:
  Check(Lab& lab, engine::World& world, const engine::Settings& settings,
        const DeterminismOptions& options, core::Determinism& result)
      : lab_(lab), world_(world), settings_(settings), options_(options), result_(result) {}

  base::Result<void> run(const core::State& state) {
    core::SyncRequest request =
        engine::request_template(settings_, settings_.sync_id.value_or(lab_.new_uuid()));
    request.state = state;
    engine::name_file(request, settings_, 1);
    const std::string body = protocol::to_json(request, settings_.request_shape);
    FSIM_ASSIGN(const auto warm, lab_.make_connector());
    FSIM_ASSIGN(const std::string first, ask(*warm, request, body));
    for (int i = 0; i < 2; ++i) FSIM_TRY(once_more(kWarm, first, *warm, request, body));
    FSIM_TRY(once_more(kReordered, first, *warm, request, with_reordered_state(body)));
    if (options_.can_start_cold) {
      FSIM_ASSIGN(const auto cold, lab_.make_connector());
      FSIM_TRY(once_more(kCold, first, *cold, request, body));
    }
    if (options_.make_elsewhere) {
      FSIM_ASSIGN(const auto elsewhere, options_.make_elsewhere());
      FSIM_TRY(once_more(kElsewhere, first, *elsewhere, request, body));
    }
    return {};
  }

 private:
  base::Result<std::string> ask(core::Connector& connector, const core::SyncRequest& request,
                                const std::string& body) {
    if (lab_.is_over()) return std::string();
    ++lab_.calls;
    ++result_.calls;
    engine::World world = world_of(connector);
    FSIM_ASSIGN(const core::RawResponse raw,
                engine::call_connector(world, settings_, request, body, settings_.call_timeout));
    if (!raw.answered()) return fmt::format("{}: {}", core::name(raw.failure), raw.error_message);
    return std::string(raw.file && raw.file->arrival == core::BucketFile::Arrival::in_time
                           ? raw.file->bytes.view()
                           : raw.body.view());
  }

  engine::World world_of(core::Connector& connector) const {
    return {connector,    world_.destination, world_.rules,      world_.reporter,
            world_.clock, world_.new_uuid,    world_.interrupted};
  }

  base::Result<void> once_more(const char* way, const std::string& first,
                               core::Connector& connector, const core::SyncRequest& request,
                               const std::string& body) {
    FSIM_ASSIGN(const std::string answer, ask(connector, request, body));
    if (lab_.is_over()) return {};
    if (std::ranges::find(result_.tried, way) == result_.tried.end()) result_.tried.push_back(way);
    compare_json(first, answer,
                 [&](const std::string& pointer, std::string_view a, std::string_view b,
                     bool order_only) { note(way, pointer, a, b, order_only); });
    return {};
  }

  void note(const char* way, const std::string& pointer, std::string_view a, std::string_view b,
            bool order_only) {
    const std::string place = protocol::without_indexes(pointer);
    auto known = std::ranges::find_if(result_.differences, [&](const auto& one) {
      return one.pointer == place && one.order_only == order_only;
    });
    if (known == result_.differences.end()) {
      result_.differences.push_back(
          {.pointer = place, .first = shown(a), .second = shown(b), .order_only = order_only});
      known = std::prev(result_.differences.end());
    }
    ++known->count;
    if (std::ranges::find(known->when, way) == known->when.end()) known->when.emplace_back(way);
  }

  Lab& lab_;
  engine::World& world_;
  const engine::Settings& settings_;
  const DeterminismOptions& options_;
  core::Determinism& result_;
};

// What differs from call to call in one process is a clock, a random value or a source that
// changes: worth knowing. What is stable there and differs elsewhere depends on where it runs.
core::Finding told(core::Finding finding, const core::AnswerDifference& difference) {
  const bool from_call_to_call = std::ranges::find(difference.when, kWarm) != difference.when.end();
  if (from_call_to_call || difference.order_only) finding.severity = core::Severity::info;
  finding.pointer = difference.pointer;
  finding.subject = difference.pointer;
  finding.sync = 1;
  finding.message = fmt::format("the same state gave {} at `{}` ({})",
                                difference.order_only ? "another order" : "something else",
                                difference.pointer.empty() ? "/" : difference.pointer,
                                fmt::join(difference.when, ", "));
  finding.evidence = {"first: " + difference.first, "then: " + difference.second};
  finding.count = difference.count;
  return finding;
}

}  // namespace

base::Result<void> check_determinism(Lab& lab, engine::World& world,
                                     const engine::Settings& settings,
                                     const DeterminismOptions& options, core::Report& report) {
  if (report.syncs.empty() || report.syncs.back().calls.empty()) return {};
  core::Determinism& result = report.determinism.emplace();
  Check check(lab, world, settings, options, result);
  for (const auto& [name, state] : states_of(report.syncs.back())) {
    if (lab.is_over()) break;
    FSIM_TRY(check.run(state));
    result.states.push_back(name);
  }
  std::ranges::sort(result.differences, {}, &core::AnswerDifference::pointer);
  for (const core::AnswerDifference& difference : result.differences) {
    auto finding = finding_of("RES-03", options.rules);
    if (!finding) break;
    core::Finding made = told(std::move(*finding), difference);
    world.reporter.on_event(core::FindingRaised{made});
    report.findings.push_back(std::move(made));
  }
  return {};
}

}  // namespace workflows
