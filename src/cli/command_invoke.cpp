// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"
#include "cli/assumptions_input.hpp"
#include "cli/commands.hpp"
#include "cli/secrets_input.hpp"
#include "cli/session.hpp"
#include "engine/answers.hpp"
#include "engine/calls.hpp"
#include "protocol/secrets.hpp"

#include <iostream>

namespace cli {
namespace {

// --state, else the stored state when a destination is named, else {}.
base::Result<core::State> starting_state(const Arguments& args) {
  core::State state;
  if (!args.state.empty()) {
    FSIM_ASSIGN(state.json, read_state(args.state));
  } else if (!args.destination.empty()) {
    FSIM_ASSIGN(const auto stored, open_destination(args, Access::read));
    FSIM_ASSIGN(const auto last, stored->state());
    if (last) state = last->state;
  }
  return state;
}

base::Result<core::SyncRequest> make_request(const Session& session, const Arguments& args) {
  const std::string sync_id = session.settings.sync_id.value_or(base::uuid4());
  core::SyncRequest request = engine::request_template(session.settings, sync_id);
  request.setup_test = args.setup_test;
  FSIM_ASSIGN(const auto assumed, read_assumptions(args));
  request.send_state = !args.setup_test || assumed.at("setup-test-state") == "empty";
  FSIM_ASSIGN(request.state, starting_state(args));
  engine::name_file(request, session.settings, 1);
  return request;
}

// Prints the request as it would go out, but for the secrets.
void print_request(core::SyncRequest request, const Session& session, const Arguments& args) {
  if (!args.reveal_secrets) request.secrets_json = protocol::redacted_secrets(request.secrets_json);
  std::cout << protocol::to_json(request, session.settings.request_shape) << '\n' << std::flush;
}

}  // namespace

base::Result<core::ExitCode> invoke_command(const Arguments& args) {
  // The answer goes to stdout, so that it can be piped on; the report goes to stderr.
  FSIM_ASSIGN(const auto session, open_session(args, true));
  FSIM_ASSIGN(const core::SyncRequest request, make_request(*session, args));
  if (args.dump == "request") {
    print_request(request, *session, args);
    return core::ExitCode::ok;
  }
  FSIM_TRY(open_connector(*session, args));
  FSIM_ASSIGN(session->destination, open_private_destination(args));
  const std::string target = session->connector->describe();
  session->output->reporter().on_event(core::RunStarted{
      args.command, target, "memory:", std::string(core::name(session->platform))});

  engine::World world = session->world();
  engine::Answers answers(world, session->settings);
  FSIM_TRY(answers.begin_series(request.state));
  const std::string body = protocol::to_json(request, session->settings.request_shape);
  FSIM_ASSIGN(core::RawResponse raw, engine::call_connector(world, session->settings, request, body,
                                                            session->settings.call_timeout));
  if (raw.answered() && (args.report.empty() || args.dump == "response"))
    std::cout << session->output->redact(raw.body.view()) << '\n' << std::flush;
  auto judged = answers.add(request, body.size(), std::move(raw));
  if (judged) judged = answers.finish();
  core::Report& report = answers.report();
  report.command = args.command;
  report.target = target;
  report.destination = "memory:";
  return session->conclude(report, args, judged);
}

}  // namespace cli
