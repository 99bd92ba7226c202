// SPDX-License-Identifier: Apache-2.0
#include "workflows/chaos_probes.hpp"

#include "base/text.hpp"
#include "workflows/cursor_track.hpp"
#include "workflows/made_finding.hpp"
#include "workflows/table_difference.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace workflows {
namespace {

constexpr std::size_t kEvidence = 3;
constexpr std::uint64_t kFewRows = 20;

using Rows = std::map<std::string, std::uint64_t>;  // inserted, by table

Rows rows_of(const core::SyncReport& sync) {
  Rows rows;
  for (const core::TableCount& total : sync.totals)
    if (total.inserted > 0) rows[total.table] = total.inserted;
  return rows;
}

std::string rows_text(std::uint64_t rows) {
  return fmt::format("{} row{}", base::human_count(rows), rows == 1 ? "" : "s");
}

class Probes {
 public:
  Probes(Lab& lab, engine::World& world, core::Destination& undisturbed,
         const engine::Settings& settings, const ProbeOptions& options, core::Report& report)
      : lab_(lab),
        world_(world),
        undisturbed_(undisturbed),
        settings_(settings),
        options_(options),
        report_(report),
        sync_(report.syncs.back()),
        tracks_(cursor_tracks(sync_.calls)) {}

  base::Result<void> run() {
    FSIM_TRY(second_sync());
    FSIM_TRY(one_step_back());
    FSIM_TRY(future_state());
    FSIM_TRY(old_states());
    return source_changed();
  }

 private:
  LabConnection connection() { return {lab_, settings_, {}, static_cast<int>(sync_.call_count)}; }
  core::State last_state() const { return {sync_.state}; }

  // One sync from a state, its tables beside.
  base::Result<core::SyncReport> sync_from(LabConnection& connection, const core::State& state,
                                           std::uint64_t max_calls) {
    FSIM_TRY(connection.begin_anew());
    FSIM_TRY(connection.set_state(state));
    return connection.sync(max_calls);
  }

  void answer(const char* probe, std::string result) {
    report_.probes.push_back({probe, std::move(result)});
  }

  void tell(core::Finding finding) {
    finding.sync = finding.sync == 0 ? 1 : finding.sync;
    world_.reporter.on_event(core::FindingRaised{finding});
    report_.findings.push_back(std::move(finding));
  }

  base::Result<void> second_sync() {
    if (lab_.is_over()) return {};
    LabConnection one = connection();
    FSIM_ASSIGN(const core::SyncReport again, sync_from(one, last_state(), sync_.call_count + 1));
    second_rows_ = rows_of(again);
    const Rows first = rows_of(sync_);
    std::uint64_t sent = 0;
    for (const auto& [table, rows] : second_rows_) {
      sent += rows;
      const auto before = first.find(table);
      const std::uint64_t then = before == first.end() ? 0 : before->second;
      if (then < kFewRows || rows * 10 < then * 9) continue;
      auto finding = finding_of("INC-01", options_.rules);
      if (!finding) continue;
      finding->sync = 2;
      finding->table = table;
      finding->message = fmt::format(
          "the sync after the first one sent {} of `{}`, the first one {}: it is not "
          "incremental",
          rows_text(rows), table, base::human_count(then));
      tell(std::move(*finding));
    }
    answer("second sync", fmt::format("{} from the last state", rows_text(sent)));
    return {};
  }

  // Tables of which the sync deleted rows: one that it brought and took away again is no gap.
  std::vector<std::string> tables_with_deletes() const {
    std::vector<std::string> tables;
    for (const core::TableCount& total : sync_.totals)
      if (total.deleted > 0) tables.push_back(total.table);
    return tables;
  }

  base::Result<void> one_step_back() {
    if (tracks_.empty() || sync_.calls.size() < 2) {
      answer("one step back", "not asked: no value of the state moves over several calls");
      return {};
    }
    std::uint64_t asked = 0, gaps = 0;
    LabConnection one = connection();
    const std::size_t last = sync_.calls.size() - 1;
    for (const std::size_t at : std::set<std::size_t>{1, (last + 1) / 2, last}) {
      for (std::size_t t = 0; t < std::min<std::size_t>(tracks_.size(), 2); ++t) {
        const CursorTrack& track = tracks_[t];
        if (at >= track.values.size() || track.values[at] <= track.values[at - 1]) continue;
        const auto state =
            with_moved_cursor({sync_.calls[at].state_after}, track, track.is_time ? -1000 : -1);
        if (!state || lab_.is_over()) continue;
        ++asked;
        FSIM_ASSIGN(const bool gap, has_gap(one, *state, track, at));
        gaps += gap;
      }
    }
    answer("one step back",
           asked == 0
               ? "not asked: no cursor could be moved"
               : fmt::format("asked {} times, {} with rows that the sync had not", asked, gaps));
    return {};
  }

  base::Result<bool> has_gap(LabConnection& one, const core::State& state, const CursorTrack& track,
                             std::size_t at) {
    FSIM_TRY(sync_from(one, state, 1));
    const auto ignored = tables_with_deletes();
    FSIM_ASSIGN(Effects found,
                effects(undisturbed_, one.tables(), options_.volatile_columns, ignored));
    if (!has_extra(found)) return false;
    // A source that grew meanwhile is no gap.
    LabConnection now = connection();
    FSIM_TRY(now.to_the_end());
    if (lab_.is_over()) return false;
    FSIM_ASSIGN(const Effects beside_now,
                effects(now.tables(), one.tables(), options_.volatile_columns, ignored));
    found = common(found, beside_now);
    if (!has_extra(found)) return false;
    for (const auto& [name, table] : found) tell_gap(name, table, track, at);
    return true;
  }

  static bool has_extra(const Effects& found) {
    return std::ranges::any_of(
        found, [](const auto& table) { return table.second.extra > 0 && !table.second.keyless; });
  }

  void tell_gap(const std::string& name, const TableEffects& table, const CursorTrack& track,
                std::size_t at) {
    if (table.extra == 0 || table.keyless || !told_gaps_.insert(name).second) return;
    auto finding = finding_of("INC-02", options_.rules);
    if (!finding) return;
    finding->table = name;
    finding->call = static_cast<int>(at) + 1;
    finding->pointer = "/state" + track.pointer;
    finding->message = fmt::format(
        "asked from one {} before the state of page {} (`{}` = {}), the connector sent {} of `{}` "
        "that the sync had passed over",
        track.is_time ? "second" : "step", at + 1, track.pointer, track.texts[at],
        rows_text(table.extra), name);
    for (const auto& [row, text] : table.rows)
      if (row.first == RowEffect::extra && finding->evidence.size() < kEvidence)
        finding->evidence.push_back(fmt::format("never sent: {} {}", name, row.second));
    tell(std::move(*finding));
  }

  base::Result<void> future_state() {
    std::optional<core::State> state = last_state();
    bool moved = false;
    for (const CursorTrack& track : tracks_) {
      constexpr std::int64_t kTenYears = 3650LL * 24 * 3600 * 1000, kFar = 1'000'000'000;
      const auto next = with_moved_cursor(*state, track, track.is_time ? kTenYears : kFar);
      if (!next) continue;
      state = next;
      moved = true;
    }
    if (!moved || lab_.is_over()) {
      answer("future state", "not asked: no value of the state moves over several calls");
      return {};
    }
    LabConnection one = connection();
    FSIM_ASSIGN(const core::SyncReport sync, sync_from(one, *state, 1));
    std::uint64_t sent = 0;
    for (const auto& [table, rows] : rows_of(sync)) {
      sent += rows;
      const auto usual = second_rows_.find(table);
      if (rows <= (usual == second_rows_.end() ? 0 : usual->second)) continue;
      auto finding = finding_of("INC-07", options_.rules);
      if (!finding) continue;
      finding->table = table;
      finding->message = fmt::format(
          "a state of the future, {}, brought {} of `{}`; the last state itself brings fewer",
          base::elide_middle(state->json, 80), rows_text(rows), table);
      tell(std::move(*finding));
    }
    answer("future state", sync.outcome == core::Outcome::failed
                               ? std::string("refused with an error")
                               : rows_text(sent));
    return {};
  }

  base::Result<void> old_states() {
    for (const core::State& old : options_.old_states) {
      if (lab_.is_over()) break;
      LabConnection one = connection();
      FSIM_TRY(one.begin_anew());
      FSIM_TRY(one.set_state(old));
      FSIM_ASSIGN(const std::string endless, one.to_the_end());
      const std::string shown = base::elide_middle(old.json, 80);
      answer("old state", fmt::format("{}: {}", shown, endless.empty() ? "goes on" : endless));
      if (endless.empty()) continue;
      auto finding = finding_of("INC-08", options_.rules);
      if (!finding) break;
      finding->subject = shown;
      finding->message =
          fmt::format("from the older state {} it does not go on: {}", shown, endless);
      tell(std::move(*finding));
    }
    return {};
  }

  base::Result<void> source_changed() {
    if (!options_.change_source || lab_.is_over()) return {};
    LabConnection kept = connection();
    FSIM_ASSIGN(const std::string first, kept.to_the_end());
    if (!first.empty() || lab_.is_over()) return {};
    FSIM_TRY(options_.change_source());
    FSIM_ASSIGN(const core::SyncReport next, kept.sync());
    LabConnection fresh = connection();
    FSIM_ASSIGN(const std::string second, fresh.to_the_end());
    if (!second.empty() || lab_.is_over()) return {};
    FSIM_ASSIGN(const Effects change,
                effects(undisturbed_, fresh.tables(), options_.volatile_columns, {}));
    FSIM_ASSIGN(const Effects missed,
                effects(fresh.tables(), kept.tables(), options_.volatile_columns, {}));
    std::uint64_t passed_over = 0;
    for (const auto& [name, table] : missed) {
      if (table.lost + table.changed == 0) continue;
      passed_over += table.lost + table.changed;
      tell_missed(name, table, next);
    }
    answer("changed source",
           change.empty()     ? std::string("the command changed nothing that a sync shows")
           : passed_over == 0 ? std::string("the next sync brought all of it")
                              : fmt::format("{} passed over", rows_text(passed_over)));
    return {};
  }

  void tell_missed(const std::string& name, const TableEffects& table,
                   const core::SyncReport& next) {
    auto finding = finding_of("INC-05", options_.rules);
    if (!finding) return;
    finding->sync = 2;
    finding->table = name;
    const Rows sent = rows_of(next);
    finding->message = fmt::format(
        "the source was changed, and the next sync, which sent {} of `{}`, passed over {} that a "
        "full sync shows",
        rows_text(sent.contains(name) ? sent.at(name) : 0), name,
        rows_text(table.lost + table.changed));
    for (const auto& [row, text] : table.rows)
      if (row.first != RowEffect::extra && finding->evidence.size() < kEvidence)
        finding->evidence.push_back(
            fmt::format("{} {}{}", name, row.second,
                        row.first == RowEffect::lost ? ": not there" : ": as before"));
    tell(std::move(*finding));
  }

  Lab& lab_;
  engine::World& world_;
  core::Destination& undisturbed_;
  const engine::Settings& settings_;
  const ProbeOptions& options_;
  core::Report& report_;
  const core::SyncReport sync_;
  const std::vector<CursorTrack> tracks_;
  Rows second_rows_;
  std::set<std::string> told_gaps_;
};

}  // namespace

base::Result<void> run_probes(Lab& lab, engine::World& world, core::Destination& undisturbed,
                              const engine::Settings& settings, const ProbeOptions& options,
                              core::Report& report) {
  return Probes(lab, world, undisturbed, settings, options, report).run();
}

}  // namespace workflows
