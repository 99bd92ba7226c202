// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

// An option or a positional argument, as it was declared.
struct OptionEntry {
  std::vector<std::string> names;  // "-v", "--verbose"; of a positional its name, "target"
  std::string about, group;
  std::string value;                 // "FILE", "RULE,..."; empty for a flag
  std::vector<std::string> choices;  // the only values that it takes; empty: any
  std::string variable;              // "FIVETRAN_SIM_VERBOSE", or empty
  bool repeats = false, required = false;

  bool is_flag() const { return value.empty(); }
};

struct CommandEntry {
  std::string name;
  std::vector<std::string> aliases;
  std::string about;
  std::vector<OptionEntry> positionals, options;
  std::vector<std::string> examples;  // whole command lines
};

// Everything that can be typed, read back from the declarations that parse the command line and
// make `--help`: completion and the man page are made from it, so that there is one list.
struct CommandTable {
  std::string about;
  std::vector<CommandEntry> commands;
  std::vector<std::string> examples;

  // By name or alias; null when there is none.
  const CommandEntry* find(std::string_view name) const;
};

CommandTable command_table();

}  // namespace cli
