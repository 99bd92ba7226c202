// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/demo_files.hpp"
#include "cli/main.hpp"
#include "connectors/environment.hpp"
#include "connectors/health.hpp"
#include "rules/catalogue.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

extern char** environ;  // NOLINT(readability-redundant-declaration): macOS has it in no header

namespace cli {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;
using core::ExitCode;
using Words = std::vector<std::string>;

constexpr std::string_view kSettings =
    "# Settings of fivetran-sim for this folder: those of folders above do not count here.\n";

bool has_program(const std::string& name) {
  return !connectors::version_line(name, "--version", connectors::connector_environment({}))
              .empty();
}

// Prints a command line as the user would type it and runs it here.
ExitCode step(const Words& words) {
  std::cout << "\n$ fivetran-sim";
  for (const std::string& word : words) std::cout << ' ' << base::shell_quoted(word);
  std::cout << '\n' << std::flush;
  return static_cast<ExitCode>(execute(words));
}

// The steps see the demo's folder and nothing of the caller's settings.
base::Result<void> enter(const std::string& folder, const Arguments& args) {
  std::vector<std::string> settings;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    if (text.starts_with("FIVETRAN_SIM_")) settings.emplace_back(text.substr(0, text.find('=')));
  }
  for (const std::string& name : settings) unsetenv(name.c_str());
  setenv("FIVETRAN_SIM_COLOR", args.color.c_str(), 1);
  std::error_code error;
  fs::current_path(folder, error);
  if (error)
    return fail(ErrorKind::environment,
                fmt::format("cannot enter the folder {}: {}", folder, error.message()));
  return {};
}

struct Language {
  std::string file, target;
};

Language language_here() {
  if (has_program("python3")) return {"connector.py", "python:connector.py:lambda_handler"};
  if (has_program("node")) return {"connector.mjs", "node:connector.mjs:handler"};
  return {"connector.sh", "cmd:./connector.sh"};
}

base::Result<void> change_source() {
  FSIM_ASSIGN(std::string source, base::read_file("orders.csv"));
  FSIM_ASSIGN(const std::string later, base::read_file("later.csv"));
  std::cout << "\nNow the source changes: an order is paid, and there is a new one.\n"
               "\n$ cat later.csv >> orders.csv\n"
            << std::flush;
  return base::write_file_atomically("orders.csv", source + later, base::Outlasts::kill);
}

base::Result<ExitCode> show_loop(const std::string& folder, const Language& language) {
  std::cout << fmt::format(
      "A connector for Fivetran, {}, and what it reads, orders.csv, lie in\n{}\n", language.file,
      folder);
  const Words run = {"run", language.target};
  if (const ExitCode code = step(run); code != ExitCode::ok) return code;
  FSIM_TRY(change_source());
  if (const ExitCode code = step(run); code != ExitCode::ok) return code;
  for (const Words& words :
       {Words{"tables"}, Words{"sql", "select id, customer, total, status from orders order by id"},
        Words{"state"}})
    if (const ExitCode code = step(words); code != ExitCode::ok) return code;
  std::cout << fmt::format(
      "\nAll of it stays in that folder. Go on there:\n"
      "  cd {}\n"
      "  fivetran-sim test {}\n"
      "  fivetran-sim demo --defect ROW-04     a connector with a fault, and what is said of it\n"
      "  rm -r {}     when you have seen enough\n",
      base::shell_quoted(folder), language.target, base::shell_quoted(folder));
  return ExitCode::ok;
}

// Every word of the files `args` and `args.defect`, {folder} being the demo's.
base::Result<void> add_sample_options(Words& words, const std::vector<DemoFile>& files,
                                      const std::string& folder) {
  for (const DemoFile& file : files) {
    if (file.path != "args" && file.path != "args.defect") continue;
    FSIM_ASSIGN(const Words more, base::split_words(file.content));
    for (std::string word : more) {
      for (std::size_t at = word.find("{folder}"); at != std::string::npos;
           at = word.find("{folder}"))
        word.replace(at, 8, folder);
      words.push_back(std::move(word));
    }
  }
  const auto has = [&files](std::string_view path) {
    return std::ranges::find(files, path, &DemoFile::path) != files.end();
  };
  if (has("schema.json")) words.insert(words.end(), {"--schema-lock", "schema.json"});
  for (const char* secrets : {"secrets.json", "secrets.defect.json"})
    if (has(secrets)) words.insert(words.end(), {"--secrets", secrets});
  return {};
}

// The command line that shows the defect, as tests/rules/run_samples.py makes it.
base::Result<Words> defect_words(const std::vector<DemoFile>& files, const std::string& folder) {
  std::string command = "run", target = "scenario:defect";
  for (const DemoFile& file : files) {
    if (file.path == "command")
      command = std::string(file.content.substr(0, file.content.find('\n')));
    if (file.path == "defect.py") target = "python:defect.py:lambda_handler";
    if (file.path.starts_with("fixture/")) command = "replay";
  }
  Words words = {command};
  if (command == "replay") words.emplace_back("fixture");
  words.push_back(target);
  FSIM_TRY(add_sample_options(words, files, folder));
  words.emplace_back("--verbose");  // notes are to be seen, too
  return words;
}

base::Result<ExitCode> show_defect(const Arguments& args) {
  FSIM_ASSIGN(const core::RuleInfo* rule,
              rules::find_named("cannot show --defect", args.demo.defect));
  std::vector<DemoFile> files = rule_sample(rule->id);
  if (files.empty())
    return fail(ErrorKind::usage, fmt::format("cannot show {}: there is no sample of it (there are "
                                              "samples of {})",
                                              rule->id, fmt::join(rules_with_sample(), ", ")));
  const bool python = std::ranges::find(files, "defect.py", &DemoFile::path) != files.end();
  if (python && !has_program("python3"))
    return fail(ErrorKind::environment,
                fmt::format("cannot show {}: its sample is written in Python and there is no "
                            "python3 here (install it, or try ROW-04)",
                            rule->id));
  if (std::ranges::find(files, "fivetran-sim.toml", &DemoFile::path) == files.end())
    files.push_back({"fivetran-sim.toml", kSettings});
  FSIM_ASSIGN(const std::string folder, make_demo_folder(args.demo.to));
  FSIM_TRY(write_demo_files(folder, files));
  FSIM_TRY(enter(folder, args));
  FSIM_ASSIGN(const Words words, defect_words(files, folder));
  std::cout << fmt::format(
      "{} {}: {}\nA connector with this fault, and beside it the same without, lie in\n{}\n",
      rule->id, rule->slug, rule->brief, folder);
  const ExitCode code = step(words);
  // What the finding makes of the exit code is part of what is shown; anything else went wrong.
  if (code != ExitCode::ok && code != ExitCode::findings && code != ExitCode::connector_failed &&
      code != ExitCode::user_limit && code != ExitCode::nothing_tested)
    return code;
  std::cout << fmt::format("\nIts exit code is {}. More: fivetran-sim explain {}\n",
                           static_cast<int>(code), rule->id);
  return ExitCode::ok;
}

}  // namespace

base::Result<ExitCode> demo_command(const Arguments& args) {
  if (!args.demo.defect.empty()) return show_defect(args);
  const Language language = language_here();
  std::vector<DemoFile> files = demo_connector(language.file);
  files.push_back({"fivetran-sim.toml", kSettings});
  FSIM_ASSIGN(const std::string folder, make_demo_folder(args.demo.to));
  FSIM_TRY(write_demo_files(folder, files));
  FSIM_TRY(enter(folder, args));
  return show_loop(folder, language);
}

}  // namespace cli
