// SPDX-License-Identifier: Apache-2.0
#include "cli/man_page.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cli {
namespace {

// Text as roff shows it: a hyphen that can be copied, no escape and no request by accident.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '-') {
      out += "\\-";
    } else if (c == '\\') {
      out += "\\e";
    } else if (c == '\n') {
      out += ' ';
    } else {
      if (out.empty() && (c == '.' || c == '\'')) out += "\\&";
      out += c;
    }
  }
  return out;
}

// Prose in short lines, none of which begins with what roff takes for a request.
std::string filled(std::string_view text) {
  constexpr std::size_t kWidth = 76;
  std::string out;
  std::size_t column = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    const bool may_begin = !word.empty() && word.front() != '.' && word.front() != '\'';
    if (column > 0 && column + 1 + word.size() > kWidth && may_begin) {
      out += '\n';
      column = 0;
    } else if (begin > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    begin = end + 1;
  }
  return out;
}

std::string bold(std::string_view text) {
  return "\\fB" + roff(text) + "\\fR";
}
std::string italic(std::string_view text) {
  return "\\fI" + roff(text) + "\\fR";
}

std::string value_of(const OptionEntry& option) {
  if (option.is_flag()) return "";
  if (option.choices.empty()) return italic(option.value);
  return roff(fmt::format("{}", fmt::join(option.choices, "|")));
}

std::string head_of(const OptionEntry& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) names.push_back(bold(name));
  const std::string value = value_of(option);
  return fmt::format("{}{}{}", fmt::join(names, ", "), value.empty() ? "" : " ", value);
}

std::string_view long_name(const OptionEntry& option) {
  for (const std::string& name : option.names)
    if (name.starts_with("--")) return name;
  return option.names.front();
}

// An option with all commands that take it in this meaning.
struct Shared {
  const OptionEntry* option;
  std::vector<std::string_view> commands;
};

bool same(const OptionEntry& a, const OptionEntry& b) {
  return a.names == b.names && a.about == b.about && a.choices == b.choices;
}

// Every option once, in the order of the commands; `--help` is in the synopsis.
std::vector<Shared> shared_options(const CommandTable& table) {
  std::vector<Shared> all;
  for (const CommandEntry& command : table.commands)
    for (const OptionEntry& option : command.options) {
      if (std::ranges::find(option.names, "--help") != option.names.end()) continue;
      const auto known = std::ranges::find_if(
          all, [&option](const Shared& one) { return same(*one.option, option); });
      if (known == all.end()) {
        all.push_back({&option, {command.name}});
      } else {
        known->commands.push_back(command.name);
      }
    }
  return all;
}

std::string synopsis(const CommandEntry& command) {
  std::string text = bold("fivetran-sim " + command.name);
  for (const OptionEntry& argument : command.positionals) {
    std::string name =
        argument.choices.empty() ? italic(argument.names.front()) : value_of(argument);
    if (argument.repeats) name += "...";
    text += argument.required ? " " + name : " [" + name + "]";
  }
  return text + " [" + italic("options") + "]";
}

std::string example_text(const std::vector<std::string>& examples) {
  if (examples.empty()) return "";
  std::string text = ".PP\n.EX\n";
  for (const std::string& line : examples) text += roff("  " + line) + "\n";
  return text + ".EE\n";
}

std::string command_text(const CommandEntry& command, const std::vector<Shared>& options) {
  std::string text = ".SS " + roff(command.name) + "\n" + synopsis(command) + "\n.PP\n" +
                     filled(roff(command.about)) + ".\n";
  if (!command.aliases.empty())
    text +=
        fmt::format("Also called {}.\n", roff(fmt::format("{}", fmt::join(command.aliases, ", "))));
  for (const OptionEntry& argument : command.positionals)
    text += ".TP\n" + italic(argument.names.front()) + "\n" + filled(roff(argument.about)) + "\n";
  std::vector<std::string> names;
  for (const Shared& one : options)
    if (std::ranges::find(one.commands, command.name) != one.commands.end())
      names.push_back(bold(long_name(*one.option)));
  text += ".PP\n" + filled(fmt::format("Options: {}.", fmt::join(names, ", "))) + "\n";
  return text + example_text(command.examples);
}

std::string option_text(const Shared& one, std::size_t commands) {
  std::string text =
      ".TP\n" + head_of(*one.option) + "\n" + filled(roff(one.option->about)) + ".\n";
  if (one.commands.size() < commands)
    text += filled(fmt::format("For {}.", fmt::join(one.commands, ", "))) + "\n";
  return text;
}

std::string options_text(const CommandTable& table, const std::vector<Shared>& options) {
  std::vector<std::string_view> groups;
  for (const Shared& one : options)
    if (std::ranges::find(groups, one.option->group) == groups.end())
      groups.push_back(one.option->group);
  std::string text = ".SH OPTIONS\n";
  for (const std::string_view group : groups) {
    text += ".SS " + roff(group == "Options" ? "Other options" : group) + "\n";
    for (const Shared& one : options)
      if (one.option->group == group) text += option_text(one, table.commands.size());
  }
  return text;
}

constexpr std::string_view kEnd = R"(.SH ENVIRONMENT
Every long option can stand in the variable
.B FIVETRAN_SIM_\fIOPTION\fR
with its name in capitals and underscores for hyphens:
FIVETRAN_SIM_MAX_CALLS for \-\-max\-calls.
The command line wins over the environment, the environment over
.IR fivetran\-sim.toml .
.TP
.B NO_COLOR
When it is set to anything, nothing is coloured that \-\-color does not ask for.
.TP
.B CI
When it is \fBtrue\fR, \fBrun\fR records nothing
unless \-\-record\-mode asks for it.
.SH FILES
.TP
.I fivetran\-sim.toml
Settings of a folder and those below it: a key for each long option.
.TP
.I .fivetran\-sim/
The warehouse and the reports of earlier runs, beside the settings.
.SH EXIT STATUS
.TP
.B 0
Nothing at or above \-\-fail\-on.
.TP
.B 1
Findings or differences.
.TP
.B 2
The command line or the settings are wrong.
.TP
.B 3
The connector failed: crash, time\-out, error answer, unreadable output.
.TP
.B 4
The environment: a program, credentials, a port, the disk or the database.
.TP
.B 5
Nothing was tested.
.TP
.B 6
A limit of the user ended it.
.TP
.B 70
A mistake of the program itself.
.TP
.BR 130 ", " 143
Interrupted; everything is consistent up to the last committed page.
)";

}  // namespace

std::string man_page(const CommandTable& table, std::string_view version) {
  const std::vector<Shared> options = shared_options(table);
  std::string text = fmt::format(
      ".TH FIVETRAN\\-SIM 1 \"\" \"fivetran\\-sim {}\" \"User Commands\"\n.nh\n.ad l\n"
      ".SH NAME\nfivetran\\-sim \\- run a Fivetran Functions connector as Fivetran would\n"
      ".SH SYNOPSIS\n{} {} [{}] [{}]\n.br\n{} [{}] {}\n.br\n{} {}\n"
      ".SH DESCRIPTION\n{}\n",
      version, bold("fivetran-sim"), italic("command"), italic("target"), italic("options"),
      bold("fivetran-sim"), italic("command"), bold("--help"), bold("fivetran-sim"),
      bold("--version"), filled(roff(table.about)));
  text += example_text(table.examples);
  text += ".SH COMMANDS\n";
  for (const CommandEntry& command : table.commands) text += command_text(command, options);
  return text + options_text(table, options) + std::string(kEnd);
}

}  // namespace cli
