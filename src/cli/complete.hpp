// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cli {

// What a shell may put in the place of the word under the cursor.
struct Completion {
  struct Candidate {
    std::string text;   // the whole word
    std::string about;  // one line, or empty
  };
  // What the shell itself knows better than we do.
  enum class Paths { none, files, folders };

  std::vector<Candidate> candidates;
  Paths paths = Paths::none;
  bool open = false;  // the candidates are beginnings: no blank behind one that is alone
};

// `words` are those behind the program's name, the last one being the one to complete (it may be
// empty). Looks at the current folder where files are asked for.
Completion complete(const CommandTable& table, const std::vector<std::string>& words);

// The values of one kind (OptionEntry::value) that begin with `word`: complete_values.cpp.
Completion complete_value(const OptionEntry& option, std::string_view word);

// How the scripts of `completion SHELL` call this program: kCompleteCommand, then `words`. Prints a
// line for each candidate, its text and, behind a tab, what it is; then a line ":DIRECTIVE", one of
// none, open, files, folders.
inline constexpr std::string_view kCompleteCommand = "__complete";
int print_completion(const std::vector<std::string>& words);

}  // namespace cli
