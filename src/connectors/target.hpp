// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/rule.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace connectors {

enum class TargetKind {
  command,   // any program: one process a call, the request on stdin, the response on stdout
  python,    // an unmodified Python handler, kept warm
  node,      // an unmodified Node handler, kept warm
  runtime,   // an unmodified Lambda executable: a program that asks the Runtime API for work
  scenario,  // a folder of hand-written responses
  fixture,   // a recorded fixture: fixtures::Player, since nothing of this folder can play it
  lambda,    // a deployed AWS Lambda function
  http,      // a function behind a URL
  serve,     // a local function server that is started for the run
};

// What plays the connector, as the user named it.
struct Target {
  TargetKind kind = TargetKind::command;
  // As the user would type it, with its scheme: "python:main.py:lambda_handler". When no function
  // was given this names the one that the file seems to define, if one of the defaults is there.
  std::string text;
  // What was guessed, to be shown: "taken as python:main.py:lambda_handler"; empty when the user
  // gave a scheme.
  std::string guess;
  std::vector<std::string> argv;  // command, runtime: the program and its arguments
  // python, node: the handler's file; scenario, fixture: the folder. Absolute. runtime: the
  // program, as given.
  std::filesystem::path file;
  // python, node; empty: lambda_handler, handler or main. lambda: as parse_lambda_name takes it.
  // http: the whole URL, which may hold a key; `text` leaves user, query and fragment out.
  std::string function;
  // python, node: what Lambda calls the module, "main", or "src/main" when the target was given in
  // Lambda's own notation; and the folder that it starts from, which becomes the working folder.
  // runtime: the program's name, and its folder when it was given with a path, else the one that
  // paths count from. command, serve: the working folder; empty: the current one.
  std::string module;
  std::filesystem::path root;
};

// Understands a target (design §2, "Targets"):
//
//   cmd:PROGRAM ARGS…     python:FILE.py[:FUNCTION]     node:FILE.js[:FUNCTION]     scenario:DIR
//   fixture:DIR
//   http://…, https://…           serve:'PROGRAM --port {port}'
//   runtime:PROGRAM ARGS…         lambda:NAME[:QUALIFIER], lambda:arn:… or the ARN alone
//
// python: and node: also take Lambda's own notation, `lambda_function.lambda_handler` or
// `src/main.handler`, counted from `folder`. Without a scheme the kind is guessed from
// what is there: a .py or .js file, Lambda's notation, an executable file (runtime: when it is
// called bootstrap, as Lambda wants it, else cmd:), a folder with fixture.json or of *.json.
//
// Error (usage): nothing of that name, an unknown scheme, a kind of target that this version does
// not have, a file that is not executable, an unclosed quote.
//
// Relative paths count from `folder`, by default the current one. Target::text names them as they
// were given, so that a target is the same one wherever the program was started.
base::Result<Target> parse_target(std::string_view text, const std::filesystem::path& folder = {});

// The schemes that parse_target knows, as they are typed: "python:", "https://".
struct TargetScheme {
  std::string_view name, about;
};
std::vector<TargetScheme> target_schemes();

// Whether calls reach something outside this machine, where a repeated one may do harm (design §2,
// "Calls on purpose against something deployed"). `endpoint_url`: AwsOptions::endpoint_url.
bool is_deployed(const Target& target, std::string_view endpoint_url);

// Whether a target, as it was typed, runs where we did not start it: a URL or a deployed Lambda.
bool runs_elsewhere(std::string_view text);

// The platform that a target, as it was typed, usually runs on (design §2, "Small print"): azure
// for azurewebsites.net, aws for the invoke address of a Lambda emulator, gcp for other URLs and
// serve:, else aws.
core::Platform usual_platform(std::string_view text);

// The target of `-- PROGRAM ARGS…`. Error (usage): no such program, not executable.
base::Result<Target> command_target(std::vector<std::string> argv);

}  // namespace connectors
