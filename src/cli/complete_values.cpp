// SPDX-License-Identifier: Apache-2.0
#include "cli/complete.hpp"
#include "cli/output.hpp"
#include "cli/run_store.hpp"
#include "connectors/target.hpp"
#include "connectors/target_file.hpp"
#include "destinations/registry.hpp"
#include "protocol/assumptions.hpp"
#include "rules/catalogue.hpp"
#include "workflows/chaos_faults.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

namespace cli {
namespace {

namespace fs = std::filesystem;
using Paths = Completion::Paths;

void add(Completion& completion, std::string_view word, std::string text,
         std::string_view about = {}) {
  if (text.starts_with(word))
    completion.candidates.push_back({std::move(text), std::string(about)});
}

Completion rules_like(std::string_view word) {
  Completion completion;
  for (const core::RuleInfo& rule : rules::catalogue()) {
    add(completion, word, std::string(rule.id), rule.brief);
    // Slugs once one is being typed; with an empty word they would only double the list.
    if (!word.empty()) add(completion, word, std::string(rule.slug), rule.brief);
  }
  return completion;
}

Completion rules_and_assumptions(std::string_view word) {
  Completion completion = rules_like(word);
  add(completion, word, "assumptions", "what is taken for granted");
  return completion;
}

Completion faults_like(std::string_view word) {
  Completion completion;
  for (const workflows::Fault& fault : workflows::all_faults())
    add(completion, word, std::string(fault.name), fault.about);
  return completion;
}

// NAME=, then its values.
Completion assumptions_like(std::string_view word) {
  Completion completion;
  const std::size_t equals = word.find('=');
  completion.open = equals == std::string_view::npos;
  for (const protocol::Assumption& assumption : protocol::assumptions()) {
    if (completion.open) {
      add(completion, word, std::string(assumption.name) + "=", assumption.question);
    } else if (assumption.name == word.substr(0, equals)) {
      for (const std::string_view value : assumption.values)
        add(completion, word, std::string(assumption.name).append("=").append(value));
    }
  }
  return completion;
}

Completion of_paths(Paths paths) {
  Completion completion;
  completion.paths = paths;
  return completion;
}

Completion formats_like(std::string_view word) {
  if (word.find('=') != std::string_view::npos) return of_paths(Paths::files);
  Completion completion;
  for (const std::string_view name : report_format_names())
    add(completion, word, std::string(name));
  return completion;
}

// Adds what lies in the folder of `begun` and goes on from it, each with `prefix` in front: the
// folders, for going on below them, and the files that `wanted` takes.
void add_paths(Completion& completion, std::string_view prefix, std::string_view begun,
               const std::function<bool(const fs::path&)>& wanted) {
  const std::size_t slash = begun.rfind('/');
  const std::string folder(slash == std::string_view::npos ? "" : begun.substr(0, slash + 1));
  const std::string_view start = begun.substr(folder.size());
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder.empty() ? "." : folder, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(start) || (name.front() == '.' && start.empty())) continue;
    std::error_code ignored;
    const bool below = entry->is_directory(ignored);
    if (!below && !wanted(entry->path())) continue;
    std::string text(prefix);
    text.append(folder).append(name).append(below ? "/" : "");
    completion.candidates.push_back({std::move(text), ""});
    completion.open = completion.open || below;
  }
  std::ranges::sort(completion.candidates, {}, &Completion::Candidate::text);
}

bool is_program(const fs::path& file) {
  std::error_code error;
  using enum fs::perms;
  return (fs::status(file, error).permissions() & (owner_exec | group_exec | others_exec)) != none;
}

bool is_connector(const fs::path& file) {
  return connectors::handler_kind(file).has_value() || is_program(file);
}

// FILE.py: → the function that the file seems to define.
bool add_function(Completion& completion, std::string_view prefix, std::string_view rest) {
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos) return false;
  const fs::path file(rest.substr(0, colon));
  std::error_code error;
  const auto kind = connectors::handler_kind(file);
  if (!kind || !fs::is_regular_file(file, error)) return false;
  const std::string function = connectors::likely_function(*kind, file);
  std::string whole = std::string(prefix).append(rest.substr(0, colon + 1)).append(function);
  if (!function.empty()) add(completion, std::string(prefix).append(rest), std::move(whole));
  return true;
}

// What stands behind a scheme.
Completion target_of_scheme(std::string_view scheme, std::string_view rest) {
  Completion completion;
  if (add_function(completion, scheme, rest)) return completion;
  const auto handler = [&](connectors::TargetKind kind) {
    add_paths(completion, scheme, rest,
              [kind](const fs::path& file) { return connectors::handler_kind(file) == kind; });
  };
  if (scheme == "python:") handler(connectors::TargetKind::python);
  if (scheme == "node:") handler(connectors::TargetKind::node);
  if (scheme == "cmd:" || scheme == "runtime:" || scheme == "serve:")
    add_paths(completion, scheme, rest, is_program);
  if (scheme == "fixture:" || scheme == "scenario:")
    add_paths(completion, scheme, rest, [](const fs::path&) { return false; });
  return completion;
}

Completion targets_like(std::string_view word) {
  for (const connectors::TargetScheme& scheme : connectors::target_schemes())
    if (word.starts_with(scheme.name))
      return target_of_scheme(scheme.name, word.substr(scheme.name.size()));
  Completion completion;
  if (add_function(completion, "", word)) return completion;
  add_paths(completion, "", word, is_connector);
  for (const connectors::TargetScheme& scheme : connectors::target_schemes()) {
    const std::size_t before = completion.candidates.size();
    add(completion, word, std::string(scheme.name), scheme.about);
    completion.open = completion.open || completion.candidates.size() > before;
  }
  return completion;
}

Completion warehouses_like(std::string_view word) {
  Completion completion;
  for (const std::string_view scheme : destinations::schemes()) {
    const std::string begun(scheme);
    if (!word.starts_with(begun)) {
      add(completion, word, begun);
      completion.open = begun != "memory:" || completion.open;
    } else if (begun == "sqlite:" || begun == "duckdb:") {
      add_paths(completion, scheme, word.substr(begun.size()),
                [](const fs::path&) { return true; });
    }
  }
  return completion;
}

Completion runs_like(std::string_view word) {
  Completion completion;
  Arguments here;
  std::error_code error;
  here.project_root = fs::current_path(error).string();
  add(completion, word, "last", "the newest one");
  for (const StoredRun& run : stored_runs(here)) add(completion, word, run.id);
  return completion;
}

using Values = Completion (*)(std::string_view word);

// By OptionEntry::value, less what stands for a list.
constexpr std::pair<std::string_view, Values> kValues[] = {
    {"RULE", rules_like},
    {"RULE[=REASON]", rules_like},
    {"RULE|assumptions", rules_and_assumptions},
    {"FAULT", faults_like},
    {"ASSUMPTION=VALUE", assumptions_like},
    {"FORMAT[=PATH]", formats_like},
    {"TARGET", targets_like},
    {"WAREHOUSE", warehouses_like},
    {"RUN", runs_like},
    {"FILE", [](std::string_view) { return of_paths(Paths::files); }},
    {"FILE|JSON", [](std::string_view) { return of_paths(Paths::files); }},
    {"PATH", [](std::string_view) { return of_paths(Paths::files); }},
    {"DIR", [](std::string_view) { return of_paths(Paths::folders); }},
};

Completion one_value(const OptionEntry& option, std::string_view kind, std::string_view word) {
  Completion completion;
  for (const std::string& choice : option.choices) add(completion, word, choice);
  for (const auto& [name, values] : kValues)
    if (name == kind && option.choices.empty()) return values(word);
  return completion;
}

}  // namespace

Completion complete_value(const OptionEntry& option, std::string_view word) {
  std::string_view kind = option.value;
  std::string_view before;
  // ROW-01,ROW-0: the last of the list is being typed.
  if (constexpr std::string_view kMore = ",..."; kind.ends_with(kMore)) {
    kind.remove_suffix(kMore.size());
    before = word.substr(0, word.rfind(',') + 1);
    word.remove_prefix(before.size());
  }
  Completion completion = one_value(option, kind, word);
  for (Completion::Candidate& one : completion.candidates) one.text.insert(0, before);
  return completion;
}

}  // namespace cli
