// SPDX-License-Identifier: Apache-2.0
#include "cli/command_table.hpp"

#include "cli/options.hpp"

#include <algorithm>

namespace cli {
namespace {

// "FILE:{a,b}" or "N:INT in [1 - 9]" into the word for the value and what it may be.
void read_type(const CLI::Option& option, OptionEntry& entry) {
  if (option.get_items_expected_max() == 0) return;
  const std::string type = option.get_type_name();
  const std::size_t colon = type.find(':');
  entry.value = type.substr(0, colon);
  if (colon == std::string::npos || colon + 1 == type.size() || type[colon + 1] != '{') return;
  const std::size_t end = std::min(type.find('}', colon), type.size());
  for (std::size_t begin = colon + 2; begin < end;) {
    const std::size_t comma = std::min(type.find(',', begin), end);
    entry.choices.push_back(type.substr(begin, comma - begin));
    begin = comma + 1;
  }
}

OptionEntry read_option(const CLI::Option& option) {
  OptionEntry entry;
  for (const std::string& name : option.get_snames()) entry.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) entry.names.push_back("--" + name);
  if (option.get_positional()) entry.names = {option.get_name(true)};
  entry.about = option.get_description();
  entry.group = option.get_group();
  entry.variable = option.get_envname();
  entry.repeats = option.get_items_expected_max() > 1;
  entry.required = option.get_required();
  read_type(option, entry);
  return entry;
}

// The command lines of "Examples:", which is a footer to CLI11.
std::vector<std::string> read_examples(const CLI::App& app) {
  std::vector<std::string> lines;
  const std::string text = app.get_footer();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    if (line.starts_with("  ")) lines.push_back(line.substr(2));
    begin = end + 1;
  }
  return lines;
}

CommandEntry read_command(const CLI::App& app) {
  CommandEntry entry;
  entry.name = app.get_name();
  entry.aliases = app.get_aliases();
  entry.about = app.get_description();
  entry.examples = read_examples(app);
  for (const CLI::Option* option : app.get_options())
    (option->get_positional() ? entry.positionals : entry.options).push_back(read_option(*option));
  return entry;
}

}  // namespace

const CommandEntry* CommandTable::find(std::string_view name) const {
  for (const CommandEntry& command : commands)
    if (command.name == name || std::ranges::find(command.aliases, name) != command.aliases.end())
      return &command;
  return nullptr;
}

CommandTable command_table() {
  Arguments args;
  const auto app = declare_options(args);
  CommandTable table;
  table.about = app->get_description();
  table.examples = read_examples(*app);
  for (const CLI::App* sub : app->get_subcommands([](const CLI::App*) { return true; }))
    table.commands.push_back(read_command(*sub));
  return table;
}

}  // namespace cli
