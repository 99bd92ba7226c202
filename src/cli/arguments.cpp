// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.hpp"

#include "base/text.hpp"
#include "cli/options.hpp"
#include "cli/settings_file.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  const std::string_view best = base::closest(word, views);
  return best.empty() ? "" : fmt::format("; did you mean {}?", best);
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::vector<std::string> all_commands(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(sub->get_name());
    for (const std::string& alias : sub->get_aliases()) names.push_back(alias);
  }
  return names;
}

// CLI11 says "A subcommand is required" to a mistyped command; we look before it does.
base::Result<void> check_command(const CLI::App& app, const std::vector<std::string>& words) {
  if (words.empty())
    return fail(ErrorKind::usage, "no command given (try: fivetran-sim run TARGET, or --help)");
  const std::string& first = words.front();
  const std::vector<std::string> names = all_commands(app);
  if (first.starts_with('-') && app.get_option_no_throw(first) == nullptr)
    return fail(ErrorKind::usage,
                fmt::format("unknown option {} in front of a command{} (options follow it: "
                            "fivetran-sim run TARGET --quiet)",
                            first, suggestion(first, option_names(app))));
  if (first.starts_with('-') || std::ranges::find(names, first) != names.end()) return {};
  const bool like_target = first.find(':') != first.npos || std::filesystem::exists(first);
  if (like_target)
    return fail(
        ErrorKind::usage,
        fmt::format("unknown command \"{}\"; did you mean: fivetran-sim run {}", first, first));
  return fail(ErrorKind::usage,
              fmt::format("unknown command \"{}\"{} (fivetran-sim --help lists all)", first,
                          suggestion(first, names)));
}

std::string extras_message(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  const std::vector<std::string> extras = command.remaining();
  for (const std::string& extra : extras) {
    if (!extra.starts_with('-')) continue;
    const std::string name = extra.substr(0, extra.find('='));
    return fmt::format("unknown option {} of {}{} (fivetran-sim {} --help lists all)", name,
                       command.get_name(), suggestion(name, option_names(command)),
                       command.get_name());
  }
  return fmt::format("{} does not take \"{}\" (fivetran-sim {} --help tells what it takes)",
                     command.get_name(), extras.empty() ? "" : extras.front(), command.get_name());
}

// Lower-case start, one line: CLI11's own wording otherwise.
std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  while (!text.empty() && text.back() == ' ') text.pop_back();
  if (text.size() > 1 && text[1] >= 'a' && text[1] <= 'z' && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = static_cast<char>(text[0] + 32);
  return text;
}

base::Result<void> parse(CLI::App& app, Arguments& args, std::vector<std::string> words) {
  std::ranges::reverse(words);  // CLI11 takes them last first
  try {
    app.parse(std::move(words));
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    args.help = chosen.empty() ? app.help() : chosen.front()->help("fivetran-sim");
  } catch (const CLI::CallForVersion& version) {
    args.help = std::string(version.what()) + "\n";
  } catch (const CLI::ExtrasError&) {
    return fail(ErrorKind::usage, extras_message(app));
  } catch (const CLI::ParseError& error) {
    return fail(ErrorKind::usage, one_line(error.what()));
  }
  return {};
}

}  // namespace

base::Result<Arguments> parse_arguments(std::vector<std::string> words) {
  Arguments args;
  const auto app = declare_options(args, words.empty() ? "" : words.front());
  // What follows `--` is the connector's own command line; CLI11 must not look at it.
  if (const auto dashes = std::ranges::find(words, "--"); dashes != words.end()) {
    args.program.assign(dashes + 1, words.end());
    words.erase(dashes, words.end());
    if (args.program.empty())
      return fail(ErrorKind::usage,
                  "nothing follows -- (write: fivetran-sim run -- ./connector ARGS…)");
  }
  FSIM_TRY(check_command(*app, words));
  FSIM_TRY(parse(*app, args, std::move(words)));
  if (!args.help.empty()) return args;
  CLI::App& command = *app->get_subcommands().front();
  args.command = command.get_name();
  // `record DIR -- PROGRAM`: the only word is the folder.
  if (args.command == "record" && !args.program.empty() && args.fixture.dir.empty())
    args.fixture.dir.swap(args.target);
  // A variable fills in what all commands share, also where a command does not take it.
  if (has_own_warehouse(args.command) && command.get_option("--destination")->count() == 0)
    args.destination.clear();
  FSIM_TRY(apply_settings_file(args, command));
  if (!args.program.empty() && !args.target.empty())
    return fail(
        ErrorKind::usage,
        fmt::format("both a target ({}) and a program after -- are given; name one", args.target));
  return args;
}

std::vector<std::string> command_names() {
  Arguments args;
  return all_commands(*declare_options(args));
}

}  // namespace cli
