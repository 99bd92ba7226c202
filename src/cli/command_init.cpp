// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "connectors/target.hpp"
#include "embedded/github_workflow.hpp"
#include "embedded/gitlab_template.hpp"

#include <filesystem>
#include <iostream>
#include <optional>

#include <fmt/format.h>

namespace cli {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;

struct File {
  std::string path, content;
  bool keep = false;  // one that is there stays as it is, without --force too
};

// What lies here that looks like a connector, as a target.
std::optional<std::string> target_here() {
  static constexpr const char* kNames[] = {
      "lambda_function.py", "main.py",      "handler.py",     "function_app.py", "src/main.py",
      "src/handler.py",     "index.mjs",    "index.js",       "handler.mjs",     "handler.js",
      "src/index.mjs",      "src/index.js", "src/handler.js", "bootstrap"};
  std::error_code error;
  for (const char* name : kNames) {
    if (!fs::is_regular_file(name, error)) continue;
    if (const auto target = connectors::parse_target(name)) return target->text;
  }
  return std::nullopt;
}

// A TOML basic string; of the escapes it shares with JSON those for quotes and backslashes.
std::string toml_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string settings_text(const std::optional<std::string>& target, bool secrets) {
  std::string text =
      "# Settings of fivetran-sim for this folder and those below it. A key for each long option;\n"
      "# paths count from here. `fivetran-sim run --help` lists them.\n\n";
  text += target ? fmt::format("target = {}\n", toml_text(*target))
                 : "# target = \"python:main.py:lambda_handler\"\n";
  text += secrets ? "secrets = \"secrets.json\"\n"
                  : "# secrets = \"secrets.json\"      or env:PREFIX_ : variables of that prefix\n";
  text +=
      "\n[test]\n"
      "suite = \"standard\"\n"
      "\n# What `test` expects beyond the contract.\n"
      "# [expect]\n"
      "# empty-tables = [\"refunds\"]     each other table must have rows\n"
      "# max-calls = 20\n"
      "# [expect.rows]\n"
      "# orders = \"100..300\"            or 237, or \">=1\"\n"
      "# [expect.not-null]\n"
      "# orders = [\"total\"]\n";
  return text;
}

// The lines of a .gitignore with what is missing at its end; none when nothing is.
base::Result<std::optional<std::string>> ignored(bool secrets) {
  std::string text;
  std::error_code error;
  if (fs::exists(".gitignore", error)) {
    FSIM_ASSIGN(text, base::read_file(".gitignore"));
  }
  const auto has = [&text](std::string_view entry) {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      std::string_view line = std::string_view(text).substr(begin, end - begin);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.starts_with('/')) line.remove_prefix(1);
      if (line.ends_with('/')) line.remove_suffix(1);
      if (line == entry) return true;
      begin = end + 1;
    }
    return false;
  };
  std::string more;
  if (!has(".fivetran-sim")) more += ".fivetran-sim/\n";
  if (secrets && !has("secrets.json")) more += "secrets.json\n";
  if (more.empty()) return std::optional<std::string>();
  if (!text.empty() && text.back() != '\n') text += '\n';
  return std::optional(text + more);
}

std::vector<File> files_of(const Arguments& args, const std::optional<std::string>& target,
                           bool secrets) {
  std::error_code error;
  // Asked for the files of CI, settings that are there are as they should be.
  std::vector<File> files = {
      {"fivetran-sim.toml", settings_text(target, secrets), !args.init_ci.empty()}};
  if (args.init_ci == "github")
    files.push_back({".github/workflows/fivetran-sim.yml", std::string(embedded::github_workflow)});
  if (args.init_ci == "gitlab") {
    files.push_back({"fivetran-sim.gitlab-ci.yml", std::string(embedded::gitlab_template)});
    if (!fs::exists(".gitlab-ci.yml", error))
      files.push_back({".gitlab-ci.yml", "include:\n  - local: fivetran-sim.gitlab-ci.yml\n"});
  }
  return files;
}

// Before anything is written, so that a refusal leaves all as it was.
base::Result<void> refuse_overwriting(const std::vector<File>& files) {
  std::error_code error;
  for (const File& file : files)
    if (!file.keep && fs::exists(file.path, error))
      return fail(
          ErrorKind::usage,
          fmt::format("cannot write {}: it is there already (--force replaces it)", file.path));
  return {};
}

base::Result<void> write(const File& file) {
  const std::string folder = fs::path(file.path).parent_path().string();
  std::error_code error;
  if (!folder.empty() && !fs::create_directories(folder, error) && error)
    return fail(ErrorKind::environment,
                fmt::format("cannot make the folder {}: {}", folder, error.message()));
  FSIM_TRY(base::write_file_atomically(file.path, file.content));
  std::cout << "wrote " << file.path << '\n';
  return {};
}

void tell_next(const Arguments& args, const std::optional<std::string>& target) {
  if (!target) std::cout << "no connector was found here: name it in fivetran-sim.toml as target\n";
  if (args.init_ci == "github")
    std::cout << "set the repository variable FIVETRAN_SIM_REPOSITORY to OWNER/NAME of "
                 "fivetran-sim\n";
  if (args.init_ci == "gitlab") {
    std::cout << "set the CI variable FIVETRAN_SIM_REPOSITORY to the address of fivetran-sim\n";
    const auto pipeline = base::read_file(".gitlab-ci.yml");
    if (pipeline && pipeline->find("fivetran-sim.gitlab-ci.yml") == std::string::npos)
      std::cout << "add to the include: of .gitlab-ci.yml:  - local: fivetran-sim.gitlab-ci.yml\n";
  }
  std::cout << fmt::format("next: fivetran-sim {}\n", target ? "test" : "run TARGET") << std::flush;
}

}  // namespace

base::Result<core::ExitCode> init_command(const Arguments& args) {
  std::error_code error;
  const bool secrets = fs::is_regular_file("secrets.json", error);
  const auto target = target_here();
  const std::vector<File> files = files_of(args, target, secrets);
  if (!args.force) FSIM_TRY(refuse_overwriting(files));
  FSIM_ASSIGN(const auto gitignore, ignored(secrets));
  for (const File& file : files) {
    if (file.keep && fs::exists(file.path, error)) {
      std::cout << "kept " << file.path << '\n';
      continue;
    }
    FSIM_TRY(write(file));
  }
  if (gitignore) {
    FSIM_TRY(base::write_file_atomically(".gitignore", *gitignore));
    std::cout << "added to .gitignore: what git should not see\n";
  }
  tell_next(args, target);
  return core::ExitCode::ok;
}

}  // namespace cli
