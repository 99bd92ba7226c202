// SPDX-License-Identifier: Apache-2.0
#include "cli/run_store.hpp"

#include "base/files.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "reporters/json_report.hpp"
#include "reporters/report_reader.hpp"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;

constexpr const char* kReport = "report.json";

fs::path runs_folder(const Arguments& args) {
  return fs::path(args.project_root) / ".fivetran-sim" / "runs";
}

// "20261126-023015.123-4242": the time in UTC and the process.
std::string new_id() {
  const auto now =
      std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  std::string time = base::iso_time(now);  // 2026-11-26T02:30:15.123Z
  std::erase_if(time, [](char c) { return c == '-' || c == ':' || c == 'Z'; });
  std::ranges::replace(time, 'T', '-');
  return fmt::format("{}-{}", time, getpid());
}

bool is_id(const std::string& name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) != 0;
}

void drop_old(const Arguments& args) {
  const std::vector<StoredRun> runs = stored_runs(args);
  std::error_code error;
  for (std::size_t i = 0; i + args.keep_runs < runs.size(); ++i)
    fs::remove_all(runs[i].folder, error);
}

base::Result<void> store(const Arguments& args, const core::Report& redacted) {
  const fs::path all = runs_folder(args);
  std::error_code error;
  const bool is_new = !fs::exists(all.parent_path(), error);
  FSIM_TRY(base::make_private_dir(all.string()));
  // Everything below is made by runs; where init has not said so, git must not see it.
  if (is_new)
    FSIM_TRY(base::write_file_atomically((all.parent_path() / ".gitignore").string(), "*\n",
                                         base::Outlasts::kill));
  const std::string id = new_id();
  const fs::path begun = all / (".begun-" + id);
  FSIM_TRY(base::make_private_dir(begun.string()));
  auto written = base::write_file_atomically(
      (begun / kReport).string(), reporters::json_report(redacted), base::Outlasts::kill);
  if (written) {
    fs::rename(begun, all / id, error);
    if (error)
      written = fail(ErrorKind::environment,
                     fmt::format("cannot write {}: {}", (all / id).string(), error.message()));
  }
  if (!written) fs::remove_all(begun, error);
  return written;
}

}  // namespace

void keep_run(const Arguments& args, const core::Report& redacted) {
  const bool leaves_nothing =
      args.watch || (args.command == "run" && args.destination == "memory:");
  if (args.keep_runs == 0 || leaves_nothing) return;
  const auto stored = store(args, redacted);
  if (stored) {
    drop_old(args);
  } else if (redacted.destination != "memory:") {
    std::cerr << "fivetran-sim: the report is not kept for `report`: "
              << base::visible(stored.error().message) << '\n';
  }
}

std::vector<StoredRun> stored_runs(const Arguments& args) {
  std::vector<StoredRun> runs;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(runs_folder(args), error)) {
    const std::string name = entry.path().filename().string();
    if (is_id(name) && fs::exists(entry.path() / kReport, error))
      runs.push_back({name, entry.path().string()});
  }
  std::ranges::sort(runs, {}, &StoredRun::id);
  return runs;
}

base::Result<StoredRun> find_run(const Arguments& args, const std::string& id) {
  std::vector<StoredRun> runs = stored_runs(args);
  if (runs.empty())
    return fail(ErrorKind::usage, fmt::format("no run is kept in {} (`run` and `test` leave one)",
                                              runs_folder(args).string()));
  if (id == "last") return runs.back();
  std::vector<StoredRun> found;
  for (const StoredRun& run : runs) {
    if (run.id == id) return run;
    if (run.id.starts_with(id)) found.push_back(run);
  }
  if (found.size() == 1) return found.front();
  return fail(ErrorKind::usage,
              fmt::format("{} (`fivetran-sim runs` lists them; `last` is the latest)",
                          found.empty() ? fmt::format("there is no run \"{}\"", base::visible(id))
                                        : fmt::format("{} runs begin with \"{}\"", found.size(),
                                                      base::visible(id))));
}

base::Result<core::Report> read_run(const StoredRun& run) {
  const std::string path = (fs::path(run.folder) / kReport).string();
  auto text = base::read_file(path);
  if (!text) return fail(ErrorKind::usage, text.error().message);
  auto report = reporters::read_report(*text);
  if (!report)
    return fail(ErrorKind::usage, fmt::format("cannot read {}: {}", path, report.error().message));
  return report;
}

}  // namespace cli
