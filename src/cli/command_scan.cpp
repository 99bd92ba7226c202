// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_line.hpp"
#include "cli/secrets_input.hpp"
#include "reporters/json_writer.hpp"
#include "workflows/scan.hpp"

#include <iostream>
#include <utility>

#include <fmt/format.h>

namespace cli {
namespace {

using core::ExitCode;
using workflows::ScanHit;
using workflows::ScanResult;

ExitCode exit_code_of(const ScanResult& result) {
  if (!result.unreadable.empty()) return ExitCode::environment;
  if (!result.hits.empty()) return ExitCode::findings;
  return result.files == 0 ? ExitCode::nothing_tested : ExitCode::ok;
}

std::string what_text(const ScanHit& hit) {
  if (hit.configured) return fmt::format("the secret `{}` ({})", hit.what, hit.how);
  return fmt::format("{}: {}", hit.what, hit.shown);
}

std::string place_of(const ScanHit& hit) {
  if (hit.line == 0) return fmt::format("{}:byte {}", hit.file, hit.offset);
  return fmt::format("{}:{}", hit.file, hit.line);
}

std::string summary(const ScanResult& result) {
  std::uint64_t hits = 0;
  for (const ScanHit& hit : result.hits) hits += hit.count;
  std::string text =
      fmt::format("{} in {} file{} ({})", hits == 0 ? "no secrets" : fmt::format("{} found", hits),
                  base::human_count(result.files), result.files == 1 ? "" : "s",
                  base::human_bytes(result.bytes));
  if (result.binary > 0) text += fmt::format(", {} binary left out", result.binary);
  return text;
}

void print_lines(const ScanResult& result, const reporters::Style& style, bool quiet) {
  for (const ScanHit& hit : result.hits)
    std::cout << fmt::format("{}: {}{}\n", style.bold(base::visible(place_of(hit))),
                             style.red(base::visible(what_text(hit))),
                             hit.count > 1 ? fmt::format("  ×{}", hit.count) : "");
  if (!quiet) std::cout << summary(result) << '\n';
}

void print_json(const ScanResult& result) {
  reporters::JsonWriter json(true);
  json.begin_object().member("schema", "fivetran-sim/scan/1");
  json.member("exit_code", static_cast<int>(exit_code_of(result)));
  json.member("files", result.files).member("bytes", result.bytes);
  json.member("binary", result.binary).key("unreadable").begin_array();
  for (const std::string& text : result.unreadable) json.value(text);
  json.end_array().key("findings").begin_array();
  for (const ScanHit& hit : result.hits) {
    json.begin_object().member("file", hit.file).member("line", hit.line);
    json.member("offset", hit.offset).member("configured", hit.configured);
    json.member("what", hit.what).member("form", hit.how).member("shown", hit.shown);
    json.member("count", hit.count).end_object();
  }
  json.end_array().end_object();
  std::cout << json.take() << '\n';
}

base::Result<ScanResult> searched(const Arguments& args, const protocol::Redactor& redactor,
                                  workflows::ScanOptions options) {
  ProgressLine line("scan", ProgressLine::Rate::bytes, !args.quiet);
  options.progress = [&line](std::uint64_t files, std::uint64_t bytes) {
    line.tell(fmt::format("{} file{}", base::human_count(files), files == 1 ? "" : "s"), bytes);
  };
  return workflows::scan(args.files, redactor.search(), options);
}

}  // namespace

base::Result<ExitCode> scan_command(const Arguments& args) {
  if (args.files.empty())
    return base::fail(base::ErrorKind::usage, "no path given (write: fivetran-sim scan .)");
  workflows::ScanOptions options{.exclude = args.scan_exclude, .secrets_file = {}, .progress = {}};
  if (args.secrets != "-" && !args.secrets.starts_with("env:")) options.secrets_file = args.secrets;
  const protocol::Redactor redactor = redactor_of(args);
  FSIM_ASSIGN(const ScanResult result, searched(args, redactor, std::move(options)));
  for (const std::string& text : result.unreadable)
    std::cerr << "fivetran-sim: " << base::visible(text) << '\n';
  if (args.format == "json") {
    print_json(result);
  } else {
    print_lines(result, stdout_style(args), args.quiet);
  }
  if (result.files == 0 && result.unreadable.empty())
    std::cerr << "fivetran-sim: nothing was searched: no text file is there\n";
  return exit_code_of(result);
}

}  // namespace cli
