// SPDX-License-Identifier: Apache-2.0
#include "reporters/chaos_json.hpp"

namespace reporters {
namespace {

void write_texts(JsonWriter& json, const std::vector<std::string>& texts) {
  json.begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

}  // namespace

void write_cell(JsonWriter& json, const core::ChaosCell& cell) {
  json.begin_object().member("fault", cell.fault).member("page", cell.page);
  json.member("verdict", core::name(cell.verdict)).member("sign", core::sign(cell.verdict));
  json.member("extra", cell.extra).member("lost", cell.lost).member("changed", cell.changed);
  json.member("detail", cell.detail).key("rows").begin_array();
  for (const std::string& row : cell.rows) json.value(row);
  json.end_array().end_object();
}

namespace {

void write_matrix(JsonWriter& json, const core::ChaosMatrix& matrix) {
  json.begin_object().member("pages_in_sync", matrix.pages_in_sync).key("pages").begin_array();
  for (const int page : matrix.pages) json.value(page);
  json.end_array().key("faults").begin_array();
  for (const core::ChaosFault& fault : matrix.faults)
    json.begin_object()
        .member("name", fault.name)
        .member("about", fault.about)
        .member("rule", fault.rule)
        .end_object();
  json.end_array().key("cells").begin_array();
  for (const core::ChaosCell& cell : matrix.cells) write_cell(json, cell);
  json.end_array().key("volatile_columns");
  write_texts(json, matrix.volatile_columns);
  json.key("unjudged");
  write_texts(json, matrix.unjudged);
  json.member("calls", matrix.calls).member("resumed", matrix.resumed);
  json.member("seed", matrix.seed).member("complete", matrix.complete);
  if (matrix.check > 0) json.member("check", matrix.check);
  json.end_object();
}

}  // namespace

void write_chaos(JsonWriter& json, const std::vector<core::ChaosMatrix>& matrices) {
  json.begin_array();
  for (const core::ChaosMatrix& matrix : matrices) write_matrix(json, matrix);
  json.end_array();
}

void write_determinism(JsonWriter& json, const core::Determinism& determinism) {
  json.begin_object().key("states");
  write_texts(json, determinism.states);
  json.key("tried");
  write_texts(json, determinism.tried);
  json.key("differences").begin_array();
  for (const core::AnswerDifference& one : determinism.differences) {
    json.begin_object().member("pointer", one.pointer).key("when");
    write_texts(json, one.when);
    json.member("first", one.first).member("second", one.second);
    json.member("order_only", one.order_only).member("count", one.count).end_object();
  }
  json.end_array().key("ignore").begin_array();
  for (const core::AnswerDifference& one : determinism.differences)
    if (!one.order_only) json.value(one.pointer);
  json.end_array().member("calls", determinism.calls).end_object();
}

void write_probes(JsonWriter& json, const std::vector<core::Probe>& probes) {
  json.begin_array();
  for (const core::Probe& probe : probes)
    json.begin_object().member("name", probe.name).member("result", probe.result).end_object();
  json.end_array();
}

}  // namespace reporters
