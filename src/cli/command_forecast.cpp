// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"
#include "base/random.hpp"
#include "cli/commands.hpp"
#include "cli/program.hpp"
#include "cli/session.hpp"
#include "connectors/registry.hpp"
#include "reporters/report_reader.hpp"
#include "rules/timestamps.hpp"
#include "workflows/forecast.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace cli {
namespace {

base::Result<workflows::ForecastBasis> basis_of(const Arguments& args, Session& session) {
  const std::string& until = args.forecast.until;
  const bool number = !until.empty() && until.find_first_not_of("0123456789") == until.npos;
  if (!until.empty() && !number && !rules::moment_of(until))
    return base::fail(base::ErrorKind::usage,
                      fmt::format("cannot read --until {}: neither a time as 2026-01-31T00:00:00Z "
                                  "nor a whole number",
                                  until));
  return workflows::ForecastBasis{.limits = session.settings.limits,
                                  .call_timeout = session.settings.call_timeout,
                                  .sync_limit = session.settings.sync_limit,
                                  .now = session.clock.now(),
                                  .until = until,
                                  .total_rows = args.forecast.total_rows};
}

base::Result<workflows::RecordedCalls> read_calls(const std::string& file) {
  const auto wrong = [&](std::string_view why) {
    return base::fail(base::ErrorKind::usage,
                      fmt::format("cannot reckon from {}: {} (write one with run TARGET "
                                  "--full-refresh --report json=FILE)",
                                  file, why));
  };
  const auto text = base::read_file(file);
  if (!text) return wrong("it cannot be read");
  const auto report = reporters::read_report(*text);
  if (!report) return wrong(report.error().message);
  auto calls = workflows::recorded_calls(*report);
  if (!calls) return wrong(calls.error().message);
  return calls;
}

base::Result<core::ExitCode> from_report(const Arguments& args, Session& session,
                                         const workflows::ForecastBasis& basis) {
  FSIM_ASSIGN(const auto recorded, read_calls(args.forecast.from));
  core::Report report;
  report.command = args.command;
  report.target = recorded.target;
  report.destination = "memory:";
  core::Forecast forecast = workflows::forecast_of(recorded.calls, recorded.finished, basis);
  forecast.basis = fmt::format("{} calls in {}", recorded.calls.size(), args.forecast.from);
  report.findings =
      workflows::forecast_findings(forecast, basis, {args.strict, args.select, args.ignore});
  for (const core::Finding& finding : report.findings)
    session.output->reporter().on_event(core::FindingRaised{finding});
  report.forecast = std::move(forecast);
  // The calls were made before; without them this would count as nothing tested.
  core::SyncReport sync;
  sync.sync = 1;
  sync.kind = "historical";
  sync.calls = recorded.calls;
  sync.call_count = recorded.calls.size();
  sync.state = recorded.calls.back().state_after;
  report.syncs.push_back(std::move(sync));
  return session.conclude(report, args, {});
}

}  // namespace

base::Result<core::ExitCode> forecast_command(const Arguments& args) {
  FSIM_ASSIGN(const auto session, open_session(args));
  FSIM_ASSIGN(const workflows::ForecastBasis basis, basis_of(args, *session));
  if (!args.forecast.from.empty()) {
    if (!args.target.empty() || !args.program.empty())
      return base::fail(base::ErrorKind::usage,
                        "both a target and --from are given; name one of them");
    return from_report(args, *session, basis);
  }
  FSIM_ASSIGN(const connectors::Target target, target_of(args));
  FSIM_TRY(open_connector(*session, args));
  FSIM_ASSIGN(session->destination, open_private_destination(args));
  FSIM_ASSIGN(const connectors::ConnectorOptions how, connector_options(args));
  const std::string name = session->connector->describe();
  session->output->reporter().on_event(
      core::RunStarted{args.command, name, "memory:", std::string(core::name(session->platform))});
  workflows::Lab lab{.make_connector = {},
                     .make_destination = [&args] { return open_private_destination(args); },
                     .rules = *session->rules,
                     .clock = session->clock,
                     .new_uuid = base::uuid4,
                     .interrupted = [] { return interrupted(); }};
  const bool recorded = target.kind == connectors::TargetKind::fixture ||
                        target.kind == connectors::TargetKind::scenario;
  if (!recorded)
    lab.make_connector = [&] {
      return connectors::make_connector(target, how, [](std::string_view) {});
    };
  constexpr std::uint64_t kUsualCalls = 20;
  core::Report report;
  const auto ran = workflows::run_forecast(lab, session->world(), session->settings,
                                           args.max_calls > 0 ? args.max_calls : kUsualCalls, basis,
                                           {args.strict, args.select, args.ignore}, report);
  report.command = args.command;
  report.target = name;
  report.destination = "memory:";
  return session->conclude(report, args, ran);
}

}  // namespace cli
