// SPDX-License-Identifier: Apache-2.0
#include "base/whole_io.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "connectors/scenario_connector.hpp"
#include "engine/answers.hpp"
#include "protocol/explain.hpp"

#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace cli {
namespace {

base::Result<base::PaddedBuffer> read_document(const std::string& file) {
  if (file == "-")
    return base::PaddedBuffer(std::string{std::istreambuf_iterator<char>(std::cin), {}});
  auto text = base::read_file_padded(file);
  if (!text) return base::fail(base::ErrorKind::usage, text.error().message);
  return text;
}

// One response a line, when the whole is no JSON but its first line is; else the whole as one.
std::vector<std::string_view> responses_in(std::string_view text) {
  const std::size_t first_end = text.find('\n');
  const bool lines = first_end != text.npos && !protocol::explain(text.substr(0, first_end)) &&
                     protocol::explain(text);
  if (!lines) return {text};
  std::vector<std::string_view> responses;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.find_first_not_of(" \t\r") != line.npos) responses.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return responses;
}

base::Result<void> judge_file(engine::Answers& answers, const std::string& file) {
  FSIM_ASSIGN(base::PaddedBuffer text, read_document(file));
  FSIM_TRY(answers.begin_series(core::State{}));
  const std::vector<std::string_view> responses = responses_in(text.view());
  core::RawResponse raw;
  if (responses.size() == 1) {
    raw.body = std::move(text);
    return answers.add(answers.request(), 0, std::move(raw));
  }
  for (const std::string_view response : responses) {
    raw = {};
    raw.body.append(response);
    FSIM_TRY(answers.add(answers.request(), 0, std::move(raw)));
  }
  return {};
}

base::Result<void> judge_all(engine::Answers& answers, const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    auto judged = judge_file(answers, file);
    if (judged) continue;
    answers.give_up();
    return judged;
  }
  return answers.finish();
}

}  // namespace

base::Result<core::ExitCode> check_command(const Arguments& args) {
  if (args.files.empty())
    return base::fail(
        base::ErrorKind::usage,
        "no document given (write: fivetran-sim check response.json, or - for standard input)");
  FSIM_ASSIGN(const auto session, open_session(args));
  session->connector = connectors::make_document_connector("check:", {});
  FSIM_ASSIGN(session->destination, open_private_destination(args));
  std::string target = "check";
  for (const std::string& file : args.files) target += " " + file;
  session->output->reporter().on_event(core::RunStarted{
      args.command, target, "memory:", std::string(core::name(session->platform))});
  engine::Answers answers(session->world(), session->settings);
  const auto judged = judge_all(answers, args.files);
  core::Report& report = answers.report();
  report.command = args.command;
  report.target = target;
  report.destination = "memory:";
  return session->conclude(report, args, judged);
}

}  // namespace cli
