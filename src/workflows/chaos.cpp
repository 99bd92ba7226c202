// SPDX-License-Identifier: Apache-2.0
#include "workflows/chaos.hpp"

#include "base/text.hpp"
#include "engine/runner.hpp"
#include "workflows/chaos_findings.hpp"
#include "workflows/chaos_noise.hpp"
#include "workflows/chaos_progress.hpp"
#include "workflows/table_difference.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace workflows {
namespace {

using core::ChaosCell;
using core::ChaosVerdict;

// A share between a fifth and four fifths that depends on seed, page and fault only.
double share_of(std::uint64_t seed, int page, FaultKind kind) {
  std::uint64_t x = seed * 0x9E3779B97F4A7C15u + static_cast<std::uint64_t>(page) * 1000003u +
                    static_cast<std::uint64_t>(kind);
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return 0.2 + 0.6 * static_cast<double>((x ^ (x >> 31)) % 1000) / 1000.0;
}

// Lets one connection live through a fault. What keeps it from its end, or empty.
base::Result<std::string> live_through(LabConnection& connection, FaultKind kind, int page) {
  switch (kind) {
    case FaultKind::cutoff:
      FSIM_TRY(connection.sync(static_cast<std::uint64_t>(page)));
      return connection.to_the_end();
    case FaultKind::restart:
      FSIM_TRY(connection.sync(static_cast<std::uint64_t>(page)));
      FSIM_TRY(connection.begin_anew());
      return connection.to_the_end();
    case FaultKind::rewind:
    case FaultKind::resync: {
      FSIM_ASSIGN(std::string endless, connection.to_the_end());
      if (!endless.empty()) return endless;
      const auto& states = connection.checkpoints();
      core::State back;
      if (kind == FaultKind::rewind && !states.empty())
        back = states[std::min(states.size(), static_cast<std::size_t>(page)) - 1];
      FSIM_TRY(connection.set_state(back));
      return connection.to_the_end();
    }
    default: return connection.to_the_end();
  }
}

// Whether the fault strikes the first call of a sync after the last page.
bool needs_another_sync(FaultKind kind) {
  return kind == FaultKind::cold || kind == FaultKind::reordered || kind == FaultKind::respelled;
}

class Chaos {
 public:
  Chaos(Lab& lab, core::Destination& undisturbed, const engine::Settings& settings,
        const ChaosOptions& options, const core::SyncReport& sync, core::Reporter& reporter,
        core::ChaosMatrix& matrix)
      : lab_(lab),
        settings_(settings),
        options_(options),
        sync_(sync),
        reporter_(reporter),
        matrix_(matrix),
        reference_(&undisturbed),
        ignored_(options.volatile_columns),
        progress_(options.progress_file,
                  fmt::format("{} calls {}", options.identity, sync.call_count)) {}

  // A second undisturbed sync in a fresh process.
  base::Result<Noise> listen() {
    FSIM_ASSIGN(const auto again, undisturbed());
    if (!again) return Noise{};
    FSIM_ASSIGN(Noise noise, noise_between(*reference_, *again, options_.volatile_columns));
    ignored_.insert(ignored_.end(), noise.columns.begin(), noise.columns.end());
    unjudged_ = noise.unjudged;
    return noise;
  }

  base::Result<void> run(const std::vector<int>& pages) {
    progress_.load();
    for (const int page : pages)
      for (const Fault& fault : options_.faults)
        if (!fault.once) FSIM_TRY(add(fault, page));
    for (const Fault& fault : options_.faults)
      if (fault.once) FSIM_TRY(add(fault, 0));
    if (!matrix_.complete) return progress_.save();
    progress_.finish();
    return {};
  }

  const std::set<std::string>& keyless() const { return keyless_; }

 private:
  base::Result<std::unique_ptr<core::Destination>> undisturbed() {
    LabConnection connection(lab_, settings_, {}, calls());
    FSIM_ASSIGN(const std::string endless, connection.to_the_end());
    if (!endless.empty() || lab_.is_over()) return std::unique_ptr<core::Destination>();
    return connection.take_tables();
  }

  int calls() const { return static_cast<int>(sync_.call_count); }

  base::Result<void> add(const Fault& fault, int page) {
    const std::string name(fault.name);
    if (const ChaosCell* known = progress_.find(name, page)) {
      ++matrix_.resumed;
      done(*known);
      return {};
    }
    ChaosCell cell;
    cell.fault = name;
    cell.page = page;
    if (fault.kind == FaultKind::cold && !options_.can_start_cold) {
      cell.detail = "where it runs, its processes are not ours to end";
    } else {
      if (!lab_.is_over()) FSIM_TRY(fill(fault, cell));
      if (lab_.is_over()) {
        matrix_.complete = false;
        return {};
      }
      FSIM_TRY(progress_.add(cell));
    }
    done(std::move(cell));
    return {};
  }

  void done(ChaosCell cell) {
    reporter_.on_event(core::CellFinished{cell});
    matrix_.cells.push_back(std::move(cell));
  }

  FaultPlan plan_for(const Fault& fault, int page) const {
    FaultPlan plan{.kind = fault.kind, .page = page};
    plan.share = share_of(options_.seed, page, fault.kind);
    const auto at = static_cast<std::size_t>(page) - 1;
    if (page > 0 && at < sync_.calls.size()) plan.usual = sync_.calls[at].duration;
    return plan;
  }

  base::Result<void> fill(const Fault& fault, ChaosCell& cell) {
    if (options_.show)
      options_.show(fmt::format("{}{}, {} calls so far", cell.fault,
                                cell.page > 0 ? fmt::format(" at page {}", cell.page) : "",
                                base::human_count(lab_.calls)));
    LabConnection connection(lab_, settings_, plan_for(fault, cell.page), calls());
    FSIM_ASSIGN(std::string endless, live_through(connection, fault.kind, cell.page));
    if (endless.empty() && needs_another_sync(fault.kind) && cell.page >= calls()) {
      FSIM_ASSIGN(endless, connection.to_the_end());
    }
    if (lab_.is_over()) return {};
    FSIM_ASSIGN(Effects found, effects(*reference_, connection.tables(), ignored_, unjudged_));
    if (!found.empty()) FSIM_TRY(excuse(connection.tables(), found));
    judge(endless, found, cell);
    return {};
  }

  // Takes out what an undisturbed sync that is made now does not show either.
  base::Result<void> excuse(core::Destination& tables, Effects& found) {
    FSIM_ASSIGN(auto now, undisturbed());
    if (!now) return {};
    FSIM_ASSIGN(const Effects beside_now, effects(*now, tables, ignored_, unjudged_));
    found = common(found, beside_now);
    latest_ = std::move(now);
    reference_ = latest_.get();
    return {};
  }

  void judge(const std::string& endless, const Effects& found, ChaosCell& cell) {
    for (const auto& [name, table] : found) {
      cell.extra += table.extra;
      cell.lost += table.lost;
      cell.changed += table.changed;
      if (table.keyless) keyless_.insert(name);
      std::size_t listed = 0;
      for (const auto& [row, text] : table.rows)
        if (++listed <= ChaosCell::kRows)
          cell.rows.push_back(options_.redact(fmt::format("{} {}: {}", name, row.second, text)));
    }
    cell.detail = options_.redact(endless);
    cell.verdict = !endless.empty()   ? ChaosVerdict::endless
                   : cell.lost > 0    ? ChaosVerdict::lost
                   : cell.changed > 0 ? ChaosVerdict::changed
                   : cell.extra > 0   ? ChaosVerdict::extra
                                      : ChaosVerdict::same;
  }

  Lab& lab_;
  const engine::Settings& settings_;
  const ChaosOptions& options_;
  const core::SyncReport& sync_;
  core::Reporter& reporter_;
  core::ChaosMatrix& matrix_;
  core::Destination* reference_;  // of the latest undisturbed sync
  std::unique_ptr<core::Destination> latest_;
  std::vector<std::string> ignored_, unjudged_;
  std::set<std::string> keyless_;
  ChaosProgress progress_;
};

void add_findings(std::vector<core::Finding> findings, engine::World& world, core::Report& report) {
  for (core::Finding& finding : findings) {
    world.reporter.on_event(core::FindingRaised{finding});
    report.findings.push_back(std::move(finding));
  }
}

void announce(const core::SyncReport& sync, std::size_t pages, const ChaosOptions& options,
              engine::World& world) {
  const auto length = static_cast<int>(sync.call_count);
  world.reporter.on_event(core::Notice{fmt::format(
      "a sync of {} page{} undisturbed; about {} calls more to disturb it at {} of them in {} ways",
      length, length == 1 ? "" : "s",
      base::human_count(expected_calls(options, length) - sync.call_count), pages,
      options.faults.size())});
}

std::uint64_t matrix_calls(const ChaosOptions& options, std::uint64_t length, std::uint64_t pages) {
  std::uint64_t all = 0;
  for (const Fault& fault : options.faults) {
    if (fault.kind == FaultKind::cold && !options.can_start_cold) continue;
    // On average half of the way is gone a second time.
    const bool again = fault.kind == FaultKind::rewind || fault.kind == FaultKind::restart;
    all += fault.once ? 2 * length : pages * (again ? length + (length + 1) / 2 + 1 : length + 1);
  }
  return all;
}

// Three states, or two of a sync of one call: three times warm, reordered, cold, elsewhere.
std::uint64_t determinism_calls(const ChaosOptions& options, std::uint64_t length) {
  const std::uint64_t ways =
      4 + (options.can_start_cold ? 1 : 0) + (options.make_elsewhere ? 1 : 0);
  return (length > 1 ? 3 : 2) * ways;
}

// The next sync, a state of the future, three places one step back for each of two cursors.
std::uint64_t probe_calls(const ChaosOptions& options, std::uint64_t length) {
  return 1 + 1 + (length > 1 ? 6 : 0) + options.old_states.size() * length +
         (options.change_source ? 2 * length + 1 : 0);
}

}  // namespace

std::uint64_t expected_calls(const ChaosOptions& options, int calls) {
  const auto length = static_cast<std::uint64_t>(calls);
  const auto pages = pages_named(options.pages, calls);
  std::uint64_t all = 2 * length;  // the undisturbed syncs
  if (options.matrix) all += matrix_calls(options, length, pages ? pages->size() : 0);
  if (options.determinism) all += determinism_calls(options, length);
  if (options.probes) all += probe_calls(options, length);
  return all;
}

base::Result<void> run_chaos(Lab& lab, engine::World world, const engine::Settings& settings,
                             const ChaosOptions& options, core::Report& report) {
  engine::Settings first = settings;
  first.budget.max_calls = lab.max_calls;
  engine::Runner runner(world, first);
  const auto ran = runner.run({});
  report = runner.report();
  FSIM_TRY(ran);
  if (report.syncs.empty()) return {};
  const core::SyncReport sync = report.syncs.back();
  lab.calls += sync.call_count;
  if (sync.outcome != core::Outcome::succeeded || !sync.stopped_by.empty()) return {};
  FSIM_ASSIGN(const std::vector<int> pages,
              pages_named(options.pages, static_cast<int>(sync.call_count)));
  core::ChaosMatrix matrix;
  matrix.pages_in_sync = static_cast<int>(sync.call_count);
  matrix.seed = options.seed;
  Chaos chaos(lab, world.destination, settings, options, sync, world.reporter, matrix);
  if (options.matrix) announce(sync, pages.size(), options, world);
  FSIM_ASSIGN(const Noise noise, chaos.listen());
  matrix.volatile_columns = options.volatile_columns;
  matrix.volatile_columns.insert(matrix.volatile_columns.end(), noise.columns.begin(),
                                 noise.columns.end());
  for (const std::string& table : noise.unjudged)
    matrix.unjudged.push_back(
        fmt::format("{}: its rows are others in each undisturbed sync", table));
  add_findings(drained_findings(noise.drained, options.rules), world, report);
  const bool comparable = report.tables.empty() || noise.unjudged.size() < report.tables.size();
  if (options.matrix) {
    matrix.pages = pages;
    for (const Fault& fault : options.faults)
      matrix.faults.push_back(
          {std::string(fault.name), std::string(fault.about), std::string(fault.rule)});
    if (comparable) FSIM_TRY(chaos.run(pages));
    add_findings(chaos_findings(matrix, chaos.keyless(), options.reproduce, options.rules), world,
                 report);
  }
  if (options.determinism)
    FSIM_TRY(check_determinism(lab, world, settings,
                               {options.make_elsewhere, options.can_start_cold, options.rules},
                               report));
  if (options.probes && comparable)
    FSIM_TRY(run_probes(
        lab, world, world.destination, settings,
        {options.old_states, options.change_source, matrix.volatile_columns, options.rules},
        report));
  matrix.calls = lab.calls;
  if (!matrix.complete || lab.is_over()) report.outcome = core::Outcome::stopped;
  if (options.matrix) report.chaos.push_back(std::move(matrix));
  return {};
}

}  // namespace workflows
