// SPDX-License-Identifier: Apache-2.0
#include "reporters/redacting_reporter.hpp"

namespace reporters {
namespace {

using protocol::Redactor;

void clean(core::Collision& collision, const Redactor& redact) {
  for (std::string* text : {&collision.key, &collision.first, &collision.second})
    redact.in_place(*text);
  for (core::Collision::Cell& cell : collision.cells)
    for (std::string* text : {&cell.column, &cell.first, &cell.second}) redact.in_place(*text);
}

void clean(core::Finding& finding, const Redactor& redact) {
  for (std::string* text :
       {&finding.table, &finding.pointer, &finding.message, &finding.fix, &finding.reproduce,
        &finding.about, &finding.subject, &finding.pardon_reason})
    redact.in_place(*text);
  for (std::string& place : finding.places) redact.in_place(place);
  for (core::Collision& collision : finding.collisions) clean(collision, redact);
  for (std::string& line : finding.evidence) redact.in_place(line);
}

void clean(std::vector<core::TableCount>& counts, const Redactor& redact) {
  for (core::TableCount& count : counts) redact.in_place(count.table);
}

void clean(core::Table& table, const Redactor& redact) {
  redact.in_place(table.name);
  redact.in_place(table.source);
  for (std::string& column : table.primary_key) redact.in_place(column);
  for (core::Column& column : table.columns) {
    redact.in_place(column.name);
    redact.in_place(column.source);
  }
}

void clean(core::TableSample& sample, const Redactor& redact) {
  redact.in_place(sample.table);
  for (std::string& column : sample.columns) redact.in_place(column);
  for (auto& row : sample.rows)
    for (std::optional<std::string>& cell : row)
      if (cell) redact.in_place(*cell);
}

void clean(core::CallReport& call, const Redactor& redact) {
  clean(call.rows, redact);
  redact.in_place(call.state_before);
  redact.in_place(call.state_after);
  redact.in_place(call.error);
}

void clean(core::SyncReport& sync, const Redactor& redact) {
  for (core::CallReport& call : sync.calls) clean(call, redact);
  clean(sync.totals, redact);
  redact.in_place(sync.state);
}

void clean(core::ChaosCell& cell, const Redactor& redact) {
  redact.in_place(cell.detail);
  for (std::string& row : cell.rows) redact.in_place(row);
}

struct Clean {
  const Redactor& redact;
  void operator()(core::RunStarted& event) const {
    redact.in_place(event.target);
    redact.in_place(event.destination);
  }
  void operator()(core::CallStarted&) const {}
  void operator()(core::RunFinished&) const {}
  void operator()(core::SyncStarted& event) const { redact.in_place(event.state); }
  void operator()(core::LogLine& event) const { redact.in_place(event.text); }
  void operator()(core::CallFinished& event) const { clean(event.call, redact); }
  void operator()(core::FindingRaised& event) const { clean(event.finding, redact); }
  void operator()(core::CellFinished& event) const { clean(event.cell, redact); }
  void operator()(core::SyncFinished& event) const { clean(event.sync, redact); }
  void operator()(core::Notice& event) const { redact.in_place(event.text); }
};

}  // namespace

namespace {

void clean(core::ChaosMatrix& matrix, const Redactor& redact) {
  for (core::ChaosCell& cell : matrix.cells) clean(cell, redact);
  for (std::string& column : matrix.volatile_columns) redact.in_place(column);
  for (std::string& table : matrix.unjudged) redact.in_place(table);
}

void clean(core::Determinism& determinism, const Redactor& redact) {
  for (core::AnswerDifference& one : determinism.differences)
    for (std::string* text : {&one.pointer, &one.first, &one.second}) redact.in_place(*text);
}

}  // namespace

core::Report redacted(core::Report report, const Redactor& redact) {
  if (redact.empty()) return report;
  for (std::string* text : {&report.target, &report.destination, &report.error})
    redact.in_place(*text);
  for (core::Check& check : report.checks)
    for (std::string* text : {&check.target, &check.detail, &check.source.file})
      redact.in_place(*text);
  redact.in_place(report.source.file);
  for (core::Table& table : report.tables) clean(table, redact);
  for (core::TableSample& sample : report.samples) clean(sample, redact);
  for (core::SyncReport& sync : report.syncs) clean(sync, redact);
  for (core::Finding& finding : report.findings) clean(finding, redact);
  for (core::ChaosMatrix& matrix : report.chaos) clean(matrix, redact);
  if (report.determinism) clean(*report.determinism, redact);
  if (report.forecast) {
    for (std::string* text : {&report.forecast->cursor, &report.forecast->cursor_at})
      redact.in_place(*text);
    for (std::string& what : report.forecast->cannot_tell) redact.in_place(what);
  }
  for (core::Probe& probe : report.probes) redact.in_place(probe.result);
  return report;
}

void RedactingReporter::on_event(const core::Event& event) {
  if (redact_.empty()) return next_.on_event(event);
  if (const auto* finished = std::get_if<core::RunFinished>(&event)) {
    const core::Report report = redacted(*finished->report, redact_);
    return next_.on_event(core::RunFinished{&report});
  }
  core::Event copy = event;
  std::visit(Clean{redact_}, copy);
  next_.on_event(copy);
}

}  // namespace reporters
