// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "core/report.hpp"
#include "core/reporter.hpp"
#include "protocol/redactor.hpp"
#include "reporters/fan_out.hpp"
#include "reporters/formats.hpp"
#include "reporters/marking_reporter.hpp"
#include "reporters/style.hpp"

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {

// Where a command's report goes: the human one to stdout unless another format takes stdout, each
// `--report FORMAT=PATH` to its file as a whole (ndjson grows as it goes), GitHub's annotations to
// stdout behind the human report, progress and the connector's output to stderr. Secrets are taken
// out before anything is shown.
class Output {
 public:
  // `human_to_stderr`: stdout is kept for something else (invoke prints the answer there).
  // `mark` adds to each finding as it comes.
  // Error: an unknown format (usage), a file that cannot be written (environment).
  static base::Result<std::unique_ptr<Output>> open(const Arguments& args,
                                                    bool human_to_stderr = false,
                                                    reporters::MarkingReporter::Mark mark = {});

  core::Reporter& reporter() noexcept { return *redacting_; }
  // Tells the reporters that the run has ended and writes the formats that are made from the whole
  // report.
  base::Result<void> finish(const core::Report& report);
  // Whether a format shows stored rows (core::Report::samples).
  bool shows_rows() const;
  core::Report redacted(const core::Report& report) const;
  std::string redact(std::string_view text) const { return redactor_(text); }

 private:
  Output() = default;
  base::Result<void> add_format(const Arguments& args, const std::string& spec);
  base::Result<void> add_ndjson(const std::string& path);
  void add_human(const Arguments& args, const std::string& path);

  protocol::Redactor redactor_;
  std::vector<std::unique_ptr<core::Reporter>> owned_;
  std::vector<std::unique_ptr<std::ofstream>> files_;  // that grow as it goes
  // Human reports for files, written at the end.
  std::vector<std::pair<std::string, std::unique_ptr<std::ostringstream>>> texts_;
  reporters::FanOut all_;
  std::unique_ptr<core::Reporter> marking_, redacting_;
  std::vector<std::pair<const reporters::Format*, std::string>> whole_;  // no path: stdout
  std::string stdout_format_;  // which stands on stdout instead of the human report
};

// Every format that --report takes.
std::vector<std::string_view> report_format_names();

reporters::Style stdout_style(const Arguments& args);

// " --destination … --schema …" as the user gave them, for commands to copy.
std::string destination_option(const Arguments& args);

}  // namespace cli
