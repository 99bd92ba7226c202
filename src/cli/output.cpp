// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include "base/files.hpp"
#include "base/terminal.hpp"
#include "base/text.hpp"
#include "cli/secrets_input.hpp"
#include "cli/step_summary.hpp"
#include "destinations/registry.hpp"
#include "reporters/human_reporter.hpp"
#include "reporters/ndjson_reporter.hpp"
#include "reporters/redacting_reporter.hpp"
#include "reporters/stats_reporter.hpp"
#include "reporters/stderr_reporter.hpp"
#include "rules/catalogue.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

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

// The formats that tell as it goes, beside reporters::formats().
constexpr std::string_view kStreams[] = {"human", "ndjson"};

base::Error unknown_format(const std::string& format) {
  const std::vector<std::string_view> names = report_format_names();
  const std::string_view best = base::closest(format, names);
  return {ErrorKind::usage, fmt::format("unknown report format \"{}\"{} (there are {})", format,
                                        best.empty() ? "" : fmt::format("; did you mean {}?", best),
                                        fmt::join(names, ", "))};
}

// Found out before the run, which may take long.
base::Result<void> check_writable(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path folder = fs::path(path).parent_path();
  if (folder.empty()) folder = ".";
  const auto no = [&path](const std::string& why) {
    return fail(ErrorKind::environment, fmt::format("cannot write the report {}: {}", path, why));
  };
  if (fs::is_directory(path, error)) return no("it is a folder");
  const std::string& asked = fs::exists(path, error) ? path : folder.string();
  if (access(asked.c_str(), W_OK) != 0) return no(base::last_os_error());
  return {};
}

}  // namespace

std::vector<std::string_view> report_format_names() {
  std::vector<std::string_view> names(std::begin(kStreams), std::end(kStreams));
  for (const reporters::Format& known : reporters::formats()) names.push_back(known.name);
  return names;
}

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
  const reporters::Format* whole = reporters::find_format(format);
  if (whole == nullptr && std::ranges::find(kStreams, format) == std::end(kStreams))
    return tl::unexpected<base::Error>(unknown_format(format));
  if (equals != std::string::npos && path.empty())
    return fail(ErrorKind::usage,
                fmt::format("cannot write the report \"{}\": there is no file behind =", spec));
  if (!path.empty()) {
    FSIM_TRY(check_writable(path));
  } else if (format != "github") {  // whose lines stand behind the human report
    if (!stdout_format_.empty())
      return fail(ErrorKind::usage,
                  fmt::format("cannot write both reports {} and {} to stdout (give one of them a "
                              "file: --report {}=PATH)",
                              stdout_format_, format, format));
    stdout_format_ = format;
  }
  if (whole != nullptr) {
    whole_.push_back({whole, path});
  } else if (format == "ndjson") {
    return add_ndjson(path);
  } else {
    add_human(args, path);
  }
  return {};
}

base::Result<void> Output::add_ndjson(const std::string& path) {
  std::ostream* out = &std::cout;
  if (!path.empty()) {
    out = files_.emplace_back(std::make_unique<std::ofstream>(path, std::ios::binary)).get();
    if (!*out)
      return fail(ErrorKind::environment,
                  fmt::format("cannot write the report {}: {}", path, base::last_os_error()));
  }
  owned_.push_back(std::make_unique<reporters::NdjsonReporter>(*out));
  return {};
}

void Output::add_human(const Arguments& args, const std::string& path) {
  std::ostream* out = &std::cout;
  if (!path.empty())
    out = texts_.emplace_back(path, std::make_unique<std::ostringstream>()).second.get();
  const reporters::Style style = path.empty() ? stdout_style(args) : reporters::Style{};
  owned_.push_back(std::make_unique<reporters::HumanReporter>(
      *out, reporters::HumanOptions{style, args.verbose > 0, destination_option(args)}));
}

base::Result<std::unique_ptr<Output>> Output::open(const Arguments& args, bool human_to_stderr,
                                                   reporters::MarkingReporter::Mark mark) {
  std::unique_ptr<Output> output(new Output);
  output->redactor_ = redactor_of(args);
  // Before all others: it takes its moving line away.
  output->owned_.push_back(std::make_unique<reporters::StderrReporter>(
      std::cerr, reporters::StderrOptions{style_for(args, STDERR_FILENO), !args.no_logs,
                                          !args.quiet && base::moves_cursor(STDERR_FILENO)}));
  for (const std::string& spec : args.report) FSIM_TRY(output->add_format(args, spec));
  if (output->stdout_format_.empty() && !args.quiet) {
    const int descriptor = human_to_stderr ? STDERR_FILENO : STDOUT_FILENO;
    output->owned_.push_back(std::make_unique<reporters::HumanReporter>(
        human_to_stderr ? std::cerr : std::cout,
        reporters::HumanOptions{style_for(args, descriptor), args.verbose > 0,
                                destination_option(args)}));
  }
  if (args.stats) output->owned_.push_back(std::make_unique<reporters::StatsReporter>(std::cerr));
  for (const auto& reporter : output->owned_) output->all_.add(*reporter);
  output->marking_ = std::make_unique<reporters::MarkingReporter>(std::move(mark), output->all_);
  output->redacting_ =
      std::make_unique<reporters::RedactingReporter>(output->redactor_, *output->marking_);
  return output;
}

bool Output::shows_rows() const {
  return std::ranges::any_of(whole_, [](const auto& one) { return one.first->name == "html"; });
}

core::Report Output::redacted(const core::Report& report) const {
  return reporters::redacted(report, redactor_);
}

base::Result<void> Output::finish(const core::Report& report) {
  reporter().on_event(core::RunFinished{&report});
  for (const auto& file : files_)
    if (!file->flush())
      return fail(ErrorKind::environment, "cannot write a report file: " + base::last_os_error());
  for (const auto& [path, text] : texts_) FSIM_TRY(base::write_file_atomically(path, text->str()));
  if (whole_.empty()) return {};
  const core::Report shown = redacted(report);
  const reporters::FormatContext context{FSIM_VERSION, rules::catalogue()};
  for (const auto& [format, path] : whole_) {
    const std::string text = format->make(shown, context);
    if (path.empty()) {
      std::cout << text << std::flush;
    } else {
      FSIM_TRY(base::write_file_atomically(path, text));
    }
    if (format->name == "github") FSIM_TRY(append_step_summary(shown));
  }
  return {};
}

}  // namespace cli
