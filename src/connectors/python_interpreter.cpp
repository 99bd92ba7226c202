// SPDX-License-Identifier: Apache-2.0
#include "connectors/python_interpreter.hpp"

#include "base/process.hpp"

#include <unistd.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

namespace connectors {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;
using base::Result;

std::string value_of(const Environment& env, const std::string& name) {
  const auto found = env.find(name);
  return found == env.end() ? std::string() : found->second;
}

// The interpreter of a virtual environment; empty when there is no such environment.
Result<std::string> in_virtual_environment(const fs::path& folder) {
  for (const char* name : {"bin/python3", "bin/python"}) {
    const fs::path file = folder / name;
    std::error_code ignored;
    if (access(file.c_str(), X_OK) == 0) return file.string();
    if (fs::is_symlink(file, ignored))
      return fail(ErrorKind::environment,
                  fmt::format("cannot use {}: the interpreter that it links to is gone (make the "
                              "virtual environment anew, or give --python PATH)",
                              file.string()));
  }
  return std::string();
}

bool is_script(const std::string& program) {
  char start[2] = {};
  std::ifstream(program, std::ios::binary).read(start, sizeof start);
  return start[0] == '#' && start[1] == '!';
}

Result<std::string> ask(const std::string& script, const Environment& env) {
  base::ProcessSpec spec;
  spec.argv = {script, "-c", "import sys; print(sys.executable)"};
  spec.env = as_list(env);
  std::string last_words;
  base::RunOptions options;
  options.timeout = std::chrono::seconds(30);
  options.on_stderr = [&](std::string_view line) { last_words = line; };
  FSIM_ASSIGN(base::Completed done, base::run(spec, options));
  std::string answer(done.output.view());
  while (!answer.empty() && answer.back() == '\n') answer.pop_back();
  if (!done.status.ok() || access(answer.c_str(), X_OK) != 0)
    return fail(ErrorKind::environment,
                fmt::format("cannot start {}: {} (give --python PATH)", script,
                            last_words.empty() ? done.status.text() : last_words));
  return answer;
}

Result<std::string> choose(const ConnectorOptions& options, const fs::path& handler_folder,
                           const Environment& env) {
  const std::string path = value_of(env, "PATH");
  if (!options.python.empty()) {
    if (auto found = base::find_program(options.python, path)) return *found;
    return fail(ErrorKind::usage,
                fmt::format("cannot use --python {}: there is no such program", options.python));
  }
  std::error_code ignored;
  const fs::path project =
      options.project_root.empty() ? fs::current_path(ignored) : options.project_root;
  for (const fs::path& folder :
       {fs::path(value_of(env, "VIRTUAL_ENV")), handler_folder / ".venv", project / ".venv"}) {
    if (folder.empty()) continue;
    FSIM_ASSIGN(std::string found, in_virtual_environment(folder));
    if (!found.empty()) return found;
  }
  for (const char* name : {"python3", "python"})
    if (auto found = base::find_program(name, path)) return *found;
  return fail(ErrorKind::environment,
              "cannot run a Python handler: no python3 on PATH and no .venv (install Python 3.6 or "
              "later, with apt-get install python3 or brew install python, or give --python PATH)");
}

}  // namespace

Result<std::string> find_python(const ConnectorOptions& options, const fs::path& handler_folder,
                                const Environment& env) {
  FSIM_ASSIGN(std::string chosen, choose(options, handler_folder, env));
  if (!is_script(chosen)) return chosen;
  return ask(chosen, env);
}

}  // namespace connectors
