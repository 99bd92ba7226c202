// SPDX-License-Identifier: Apache-2.0
#include "connectors/target.hpp"

#include "base/http_client.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "connectors/http_answer.hpp"
#include "connectors/lambda_name.hpp"
#include "connectors/target_file.hpp"

#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/core.h>

namespace connectors {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;
using base::Result;

constexpr std::string_view kAvailable =
    "cmd:'PROGRAM ARGS', runtime:./bootstrap, python:FILE.py, node:FILE.js, "
    "http://URL, serve:'PROGRAM', lambda:NAME, fixture:DIR or scenario:DIR";

// A word as a shell would want it, for a command line that is shown.
std::string shell_word(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// Error: there is no such program, or it cannot be executed.
Result<void> check_program(const std::string& program) {
  const char* path = std::getenv("PATH");
  if (base::find_program(program, path == nullptr ? "" : path)) return {};
  std::error_code ignored;
  if (program.find('/') == std::string::npos)
    return fail(ErrorKind::usage,
                fmt::format("cannot run {}: there is no such program on PATH (a program in this "
                            "folder is ./{})",
                            program, program));
  if (!fs::exists(program, ignored)) return tl::unexpected(no_such_file(program));
  if (fs::is_directory(program, ignored))
    return fail(ErrorKind::usage,
                fmt::format("cannot run {}: it is a folder (name the program in it)", program));
  return fail(ErrorKind::usage,
              fmt::format("cannot run {}: it is not executable (chmod +x {}, or name its "
                          "interpreter: cmd:'INTERPRETER {}')",
                          program, program, program));
}

Result<Target> program_target(TargetKind kind, std::string_view scheme,
                              std::vector<std::string> argv, const fs::path& folder) {
  if (argv.empty())
    return fail(ErrorKind::usage,
                fmt::format("no program was given (use {}:'PROGRAM ARGS'{})", scheme,
                            kind == TargetKind::command ? " or -- PROGRAM ARGS" : ""));
  Target target;
  target.kind = kind;
  target.root = folder;
  target.text = fmt::format("{}:", scheme);
  for (const std::string& word : argv) {
    if (&word != &argv.front()) target.text += ' ';
    target.text += shell_word(word);
  }
  if (argv.front().find('/') != std::string::npos) argv.front() = (folder / argv.front()).string();
  FSIM_TRY(check_program(argv.front()));
  target.argv = std::move(argv);
  return target;
}

Result<Target> command_in(std::vector<std::string> argv, const fs::path& folder) {
  return program_target(TargetKind::command, "cmd", std::move(argv), folder);
}

Result<Target> runtime_target(std::vector<std::string> argv, const fs::path& folder) {
  FSIM_ASSIGN(Target target,
              program_target(TargetKind::runtime, "runtime", std::move(argv), folder));
  target.file = target.argv.front();
  target.module = target.file.stem().string();
  // Lambda starts a bootstrap in its own folder; an interpreter found on PATH has none that
  // matters.
  target.root = target.file.has_parent_path()
                    ? fs::absolute(target.file).lexically_normal().parent_path()
                : folder.empty() ? fs::current_path()
                                 : fs::absolute(folder).lexically_normal();
  return target;
}

Result<Target> command_text(std::string_view text, const fs::path& folder) {
  FSIM_ASSIGN(std::vector<std::string> argv, base::split_words(text));
  FSIM_ASSIGN(Target target, command_in(std::move(argv), folder));
  target.text = fmt::format("cmd:{}", text);
  return target;
}

Result<Target> runtime_text(std::string_view text, const fs::path& folder) {
  FSIM_ASSIGN(std::vector<std::string> argv, base::split_words(text));
  FSIM_ASSIGN(Target target, runtime_target(std::move(argv), folder));
  target.text = fmt::format("runtime:{}", text);
  return target;
}

Result<Target> python_text(std::string_view text, const fs::path& folder) {
  return handler_target(TargetKind::python, text, folder);
}
Result<Target> node_text(std::string_view text, const fs::path& folder) {
  return handler_target(TargetKind::node, text, folder);
}

Result<Target> url_target(std::string_view url) {
  Target target;
  target.kind = TargetKind::http;
  target.text = base::shown_url(url);
  target.function = url;
  if (target.text.find("//") + 2 >= target.text.size())
    return fail(ErrorKind::usage,
                fmt::format("cannot use {}: it names no host (write https://HOST/PATH)", url));
  return target;
}
Result<Target> http_text(std::string_view rest, const fs::path&) {
  return url_target(fmt::format("http:{}", rest));
}
Result<Target> https_text(std::string_view rest, const fs::path&) {
  return url_target(fmt::format("https:{}", rest));
}

Result<Target> serve_text(std::string_view text, const fs::path& folder) {
  FSIM_ASSIGN(std::vector<std::string> argv, base::split_words(text));
  FSIM_ASSIGN(Target target, program_target(TargetKind::serve, "serve", std::move(argv), folder));
  target.text = fmt::format("serve:{}", text);
  return target;
}

Result<Target> lambda_text(std::string_view text, const fs::path& = {}) {
  FSIM_TRY(parse_lambda_name(text));
  Target target;
  target.kind = TargetKind::lambda;
  target.text = fmt::format("lambda:{}", text);
  target.function = text;
  return target;
}
Result<Target> arn_text(std::string_view text, const fs::path&) {
  return lambda_text(fmt::format("arn:{}", text));
}

struct Scheme : TargetScheme {
  Result<Target> (*parse)(std::string_view rest, const fs::path& folder);
};

// In the order in which they are shown.
constexpr Scheme kSchemes[] = {
    {{"python:", "an AWS, Google or Azure handler in Python: FILE.py:FUNCTION"}, python_text},
    {{"node:", "a handler in Node: FILE.js:FUNCTION"}, node_text},
    {{"cmd:", "any program: request on stdin, response on stdout"}, command_text},
    {{"runtime:", "a Lambda executable: ./bootstrap"}, runtime_text},
    {{"lambda:", "a deployed Lambda function: NAME[:ALIAS]"}, lambda_text},
    {{"arn:", "the same by its ARN"}, arn_text},
    {{"http://", "a function behind a URL"}, http_text},
    {{"https://", "a function behind a URL"}, https_text},
    {{"serve:", "a local function server: 'CMD --port {port}'"}, serve_text},
    {{"fixture:", "recorded calls: DIR"}, fixture_target},
    {{"scenario:", "hand-written responses: DIR"}, scenario_target},
};

std::string_view word_of(const TargetScheme& scheme) {
  return scheme.name.substr(0, scheme.name.find(':'));
}

base::Error unknown_scheme(std::string_view text, std::string_view scheme) {
  std::vector<std::string_view> names;
  for (const Scheme& known : kSchemes) names.push_back(word_of(known));
  const std::string_view near = base::closest(scheme, names);
  return {ErrorKind::usage,
          fmt::format("cannot use {}: {}: is no kind of target ({})", text, scheme,
                      near.empty() ? fmt::format("use {}", kAvailable)
                                   : fmt::format("did you mean {}:?", near))};
}

// The part before the first colon, when it looks like a scheme: two letters or more, so that a
// drive letter is none, and nothing that file names have (dots, slashes, underscores).
std::string_view scheme_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 2) return {};
  for (const char c : text.substr(0, colon))
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '+' && c != '-') return {};
  return text.substr(0, colon);
}

// Of a URL, without the port.
std::string host_of(std::string_view url) {
  std::string shown = base::shown_url(url);
  const std::size_t begin = shown.find("://");
  if (begin == std::string::npos) return {};
  const std::size_t at = begin + 3;
  return shown.substr(at, shown.find_first_of(shown[at] == '[' ? "]/" : ":/", at) - at);
}

bool is_loopback(std::string_view url) {
  const std::string host = host_of(url);
  return host == "localhost" || host == "[::1" || host.starts_with("127.");
}

// A file that is neither .py nor .js: a program, if it is executable.
Result<Target> guess_program(std::string_view text, const fs::path& folder) {
  const fs::path file = folder / text;
  if (file.extension() == ".json")
    return fail(ErrorKind::usage,
                fmt::format("cannot use {}: it is a document (judge it with `check {}`, or put it "
                            "into a folder and use scenario:DIR)",
                            text, text));
  if (access(file.c_str(), X_OK) != 0)
    return fail(ErrorKind::usage,
                fmt::format("cannot use {}: it is not executable (chmod +x {}, or name its "
                            "interpreter: cmd:'INTERPRETER {}')",
                            text, text, text));
  std::string program(text);
  if (!fs::path(text).has_parent_path()) program.insert(0, "./");
  if (file.filename() == "bootstrap") return runtime_target({std::move(program)}, folder);
  return command_in({std::move(program)}, folder);
}

Result<Target> guess_folder(std::string_view text, const fs::path& folder) {
  if (fs::exists(folder / text / "fixture.json")) return fixture_target(text, folder);
  return scenario_target(text, folder);
}

Result<Target> guess_missing(std::string_view text, const fs::path& folder) {
  const std::size_t colon = text.rfind(':');
  const fs::path named(text.substr(0, colon));
  if (const auto kind = handler_kind(named)) return handler_target(*kind, text, folder);
  if (const auto kind = lambda_notation_kind(text, folder))
    return handler_target(*kind, text, folder);
  return tl::unexpected(no_such_file((folder / text).string()));
}

Result<Target> guess(std::string_view text, const fs::path& folder) {
  const fs::path path = folder / text;
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return guess_folder(text, folder);
  if (!fs::exists(path, ignored)) return guess_missing(text, folder);
  if (const auto kind = handler_kind(path)) return handler_target(*kind, text, folder);
  return guess_program(text, folder);
}

}  // namespace

std::vector<TargetScheme> target_schemes() {
  return {std::begin(kSchemes), std::end(kSchemes)};
}

bool is_deployed(const Target& target, std::string_view endpoint_url) {
  if (target.kind == TargetKind::http) return !is_loopback(target.function);
  return target.kind == TargetKind::lambda && !is_loopback(endpoint_url);
}

bool runs_elsewhere(std::string_view text) {
  for (const std::string_view start : {"http://", "https://", "lambda:", "arn:"})
    if (text.starts_with(start)) return true;
  return false;
}

core::Platform usual_platform(std::string_view text) {
  const bool url = text.starts_with("http://") || text.starts_with("https://");
  if (!url) return text.starts_with("serve:") ? core::Platform::gcp : core::Platform::aws;
  if (host_of(text).ends_with(".azurewebsites.net")) return core::Platform::azure;
  return is_lambda_address(text) ? core::Platform::aws : core::Platform::gcp;
}

Result<Target> parse_target(std::string_view text, const fs::path& folder) {
  if (text.empty())
    return fail(ErrorKind::usage, fmt::format("no target was given (use {})", kAvailable));
  if (const std::string_view scheme = scheme_of(text); !scheme.empty()) {
    for (const Scheme& known : kSchemes)
      if (word_of(known) == scheme) return known.parse(text.substr(scheme.size() + 1), folder);
    std::error_code ignored;
    if (!fs::exists(folder / text, ignored)) return tl::unexpected(unknown_scheme(text, scheme));
  }
  FSIM_ASSIGN(Target target, guess(text, folder));
  target.guess = "taken as " + target.text;
  return target;
}

Result<Target> command_target(std::vector<std::string> argv) {
  return command_in(std::move(argv), {});
}

}  // namespace connectors
