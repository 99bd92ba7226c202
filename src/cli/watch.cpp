// SPDX-License-Identifier: Apache-2.0
#include "cli/watch.hpp"

#include "base/folder_watch.hpp"
#include "base/text.hpp"
#include "cli/connector_files.hpp"
#include "cli/program.hpp"
#include "cli/secrets_input.hpp"
#include "cli/session.hpp"
#include "engine/runner.hpp"
#include "workflows/compare.hpp"

#include <filesystem>
#include <iostream>
#include <set>

#include <fmt/format.h>

namespace cli {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, FileStamp>;

struct Round {
  core::Report report;
  std::unique_ptr<core::Destination> tables;
};

base::Result<Round> one_round(const Arguments& args) {
  FSIM_ASSIGN(const auto session, open_session(args));
  FSIM_TRY(open_connector(*session, args));
  FSIM_ASSIGN(session->destination, open_private_destination(args));
  engine::RunPlan plan{.setup_test = args.setup_test, .syncs = args.syncs};
  if (!args.state.empty()) {
    FSIM_ASSIGN(std::string json, read_state(args.state));
    plan.start = core::State{std::move(json)};
  }
  const std::string target = session->connector->describe();
  session->settings.source_naming = args.naming == "source";
  session->output->reporter().on_event(core::RunStarted{
      args.command, target, "memory:", std::string(core::name(session->platform))});
  engine::Runner runner(session->world(), session->settings);
  const auto ran = runner.run(plan);
  core::Report report = runner.report();
  report.command = args.command;
  report.target = target;
  report.destination = "memory:";
  FSIM_TRY(session->conclude(report, args, ran));
  return Round{std::move(report), std::move(session->destination)};
}

std::string known_by(const core::Finding& finding) {
  return fmt::format("{} {}{}{}{}{}", finding.rule, finding.slug, finding.table.empty() ? "" : "  ",
                     finding.table, finding.subject.empty() ? "" : "  ", finding.subject);
}

std::set<std::string> known(const core::Report& report) {
  std::set<std::string> findings;
  for (const core::Finding& finding : report.findings) findings.insert(known_by(finding));
  return findings;
}

base::Result<std::string> row_changes(core::Destination& before, core::Destination& after) {
  FSIM_ASSIGN(const auto comparison, workflows::compare(before, after, {.examples = 1}));
  std::string text;
  for (const auto& table : comparison.tables) {
    if (table.added + table.removed + table.changed == 0) continue;
    const auto count = [](std::uint64_t rows) { return base::human_count(rows); };
    text += fmt::format("  {}: {} rows added, {} removed, {} changed\n", table.name,
                        count(table.added), count(table.removed), count(table.changed));
  }
  return text;
}

base::Result<void> show_changes(const Round& before, const Round& after, const Arguments& args) {
  FSIM_ASSIGN(const std::string rows, row_changes(*before.tables, *after.tables));
  const std::string changes = finding_changes(before.report, after.report) + rows;
  if (args.quiet) return {};
  std::cout << "since the last run:"
            << (changes.empty() ? " the same findings and rows\n" : "\n" + changes) << std::flush;
  return {};
}

std::set<std::string> folders_of(const Files& files) {
  std::set<std::string> folders;
  for (const auto& [path, stamp] : files) folders.insert(fs::path(path).parent_path().string());
  return folders;
}

// Until the files are others than `files`, or the user asks to end.
void wait_for_change(const Arguments& args, const Files& files) {
  using namespace std::chrono_literals;
  base::FolderWatch watch(folders_of(files));
  while (!interrupted()) {
    watch.wait(500ms);
    if (connector_files(args) == files) continue;
    // An editor writes in several steps; what comes at once is one change.
    for (Files now = connector_files(args), next;; now = std::move(next)) {
      watch.wait(100ms);
      next = connector_files(args);
      if (next == now || interrupted()) return;
    }
  }
}

}  // namespace

std::string finding_changes(const core::Report& before, const core::Report& after) {
  const auto old_findings = known(before), new_findings = known(after);
  std::string text;
  for (const std::string& finding : old_findings)
    if (!new_findings.contains(finding)) text += fmt::format("  gone: {}\n", finding);
  for (const std::string& finding : new_findings)
    if (!old_findings.contains(finding)) text += fmt::format("  new: {}\n", finding);
  return text;
}

base::Result<core::ExitCode> watch_command(const Arguments& args) {
  if (connector_files(args).empty())
    return base::fail(base::ErrorKind::usage,
                      "cannot watch the files of this target: none of them is here (name a local "
                      "connector by its file)");
  std::optional<Round> last;
  while (!interrupted()) {
    const Files files = connector_files(args);
    auto round = one_round(args);
    if (!round) {
      print_error(round.error());
    } else {
      if (last) FSIM_TRY(show_changes(*last, *round, args));
      last = std::move(*round);
    }
    if (interrupted()) break;
    std::cerr << fmt::format("fivetran-sim: watching {} file{} (Ctrl-C ends)\n", files.size(),
                             files.size() == 1 ? "" : "s")
              << std::flush;
    wait_for_change(args, files);
  }
  return interrupt_exit_code();
}

}  // namespace cli
