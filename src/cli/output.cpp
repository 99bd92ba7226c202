// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include "base/files.hpp"
#include "base/terminal.hpp"
#include "base/text.hpp"
#include "cli/secrets_input.hpp"
#include "destinations/registry.hpp"
#include "reporters/html_report.hpp"
#include "reporters/human_reporter.hpp"
#include "reporters/json_report.hpp"
#include "reporters/ndjson_reporter.hpp"
#include "reporters/redacting_reporter.hpp"
#include "reporters/stderr_reporter.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

reporters::Style style_for(const Arguments& args, int descriptor) {
  reporters::Style style;
  style.colour = base::wants_colour(descriptor, args.color);
  style.width = base::terminal_width(descriptor);
  return style;
}

}  // namespace

reporters::Style stdout_style(const Arguments& args) {
  return style_for(args, STDOUT_FILENO);
}

std::string destination_option(const Arguments& args) {
  std::string text;
  if (!args.destination.empty())
    text += " --destination " + base::shell_quoted(destinations::shown(args.destination));
  if (!args.schema.empty()) text += " --schema " + args.schema;
  return text;
}

base::Result<void> Output::add_format(const Arguments& args, const std::string& spec) {
  const std::size_t equals = spec.find('=');
  const std::string format = spec.substr(0, equals);
  const std::string path = equals == std::string::npos ? "" : spec.substr(equals + 1);
  static constexpr std::string_view kFormats[] = {"human", "json", "ndjson", "html"};
  const bool known = std::ranges::find(kFormats, format) != std::end(kFormats);
  if (!known) {
    const std::string_view best = base::closest(format, kFormats);
    return fail(
        ErrorKind::usage,
        fmt::format("unknown report format \"{}\"{} (this version has human, json, ndjson, html)",
                    format, best.empty() ? "" : fmt::format("; did you mean {}?", best)));
  }
  if (path.empty()) stdout_taken_ = true;
  if (format == "json" || format == "html") {
    whole_.emplace_back(format, path);
    return {};
  }
  std::ostream* out = &std::cout;
  if (!path.empty()) {
    out = files_.emplace_back(std::make_unique<std::ofstream>(path, std::ios::binary)).get();
    if (!*out)
      return fail(ErrorKind::environment,
                  fmt::format("cannot write the report {}: {}", path, base::last_os_error()));
  }
  if (format == "ndjson") {
    owned_.push_back(std::make_unique<reporters::NdjsonReporter>(*out));
  } else {
    const reporters::Style style = path.empty() ? stdout_style(args) : reporters::Style{};
    owned_.push_back(std::make_unique<reporters::HumanReporter>(
        *out, reporters::HumanOptions{style, args.verbose > 0, destination_option(args)}));
  }
  return {};
}

base::Result<std::unique_ptr<Output>> Output::open(const Arguments& args, bool human_to_stderr,
                                                   reporters::MarkingReporter::Mark mark) {
  std::unique_ptr<Output> output(new Output);
  output->redactor_ = redactor_of(args);
  for (const std::string& spec : args.report) FSIM_TRY(output->add_format(args, spec));
  if (!output->stdout_taken_ && !args.quiet) {
    const int descriptor = human_to_stderr ? STDERR_FILENO : STDOUT_FILENO;
    output->owned_.push_back(std::make_unique<reporters::HumanReporter>(
        human_to_stderr ? std::cerr : std::cout,
        reporters::HumanOptions{style_for(args, descriptor), args.verbose > 0,
                                destination_option(args)}));
  }
  output->owned_.push_back(std::make_unique<reporters::StderrReporter>(
      std::cerr, reporters::StderrOptions{style_for(args, STDERR_FILENO), !args.no_logs,
                                          !args.quiet && base::is_terminal(STDERR_FILENO)}));
  for (const auto& reporter : output->owned_) output->all_.add(*reporter);
  output->marking_ = std::make_unique<reporters::MarkingReporter>(std::move(mark), output->all_);
  output->redacting_ =
      std::make_unique<reporters::RedactingReporter>(output->redactor_, *output->marking_);
  return output;
}

bool Output::shows_rows() const {
  return std::ranges::any_of(whole_, [](const auto& one) { return one.first == "html"; });
}

base::Result<void> Output::finish(const core::Report& report) {
  reporter().on_event(core::RunFinished{&report});
  for (const auto& file : files_)
    if (!file->flush())
      return fail(ErrorKind::environment, "cannot write a report file: " + base::last_os_error());
  if (whole_.empty()) return {};
  const core::Report shown = reporters::redacted(report, redactor_);
  for (const auto& [format, path] : whole_) {
    const std::string text = format == "html" ? reporters::html_report(shown, FSIM_VERSION)
                                              : reporters::json_report(shown);
    if (path.empty()) {
      std::cout << text << std::flush;
    } else {
      FSIM_TRY(base::write_file_atomically(path, text));
    }
  }
  return {};
}

}  // namespace cli
