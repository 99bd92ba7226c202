// SPDX-License-Identifier: Apache-2.0
#include "cli/complete.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

namespace cli {
namespace {

const OptionEntry* find_option(const CommandEntry& command, std::string_view name) {
  for (const OptionEntry& option : command.options)
    if (std::ranges::find(option.names, name) != option.names.end()) return &option;
  return nullptr;
}

void add(Completion& completion, std::string_view word, std::string text, std::string about) {
  if (text.starts_with(word)) completion.candidates.push_back({std::move(text), std::move(about)});
}

Completion complete_command(const CommandTable& table, std::string_view word) {
  Completion completion;
  for (const CommandEntry& command : table.commands) {
    add(completion, word, command.name, command.about);
    if (word.empty()) continue;
    for (const std::string& alias : command.aliases) add(completion, word, alias, command.about);
  }
  if (word.starts_with('-')) {
    add(completion, word, "--help", "all commands");
    add(completion, word, "--version", "which version this is");
  }
  return completion;
}

Completion complete_option(const CommandEntry& command, std::string_view word) {
  Completion completion;
  for (const OptionEntry& option : command.options)
    for (const std::string& name : option.names)
      if (name.starts_with("--") || word == "-") add(completion, word, name, option.about);
  return completion;
}

// Behind `--option=`: the values with the option in front of each.
Completion complete_joined(const CommandEntry& command, std::string_view word) {
  const std::size_t equals = word.find('=');
  const OptionEntry* option = find_option(command, word.substr(0, equals));
  if (option == nullptr || option->is_flag()) return {};
  Completion completion = complete_value(*option, word.substr(equals + 1));
  for (Completion::Candidate& one : completion.candidates)
    one.text.insert(0, word.substr(0, equals + 1));
  return completion;
}

// What stands before the word under the cursor.
struct Before {
  std::size_t positionals = 0;
  const OptionEntry* waits = nullptr;  // an option that still wants its value
  bool program = false;                // behind `--`, the connector's own command line
};

Before read_before(const CommandEntry& command, const std::vector<std::string>& words) {
  Before before;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") {
      before.program = true;
      return before;
    }
    if (before.waits != nullptr) {
      before.waits = nullptr;
    } else if (word.size() > 1 && word.front() == '-') {
      const OptionEntry* option = find_option(command, word);
      if (option != nullptr && !option->is_flag()) before.waits = option;
    } else {
      ++before.positionals;
    }
  }
  return before;
}

Completion complete_argument(const CommandEntry& command, const std::vector<std::string>& words) {
  const Before before = read_before(command, words);
  const std::string& word = words.back();
  if (before.program) {
    Completion completion;
    completion.paths = Completion::Paths::files;
    return completion;
  }
  if (before.waits != nullptr) return complete_value(*before.waits, word);
  if (word.starts_with("--") && word.find('=') != std::string::npos)
    return complete_joined(command, word);
  if (word.starts_with('-')) return complete_option(command, word);
  const auto& positionals = command.positionals;
  if (before.positionals < positionals.size())
    return complete_value(positionals[before.positionals], word);
  if (!positionals.empty() && positionals.back().repeats)
    return complete_value(positionals.back(), word);
  return {};
}

// One line without what would end it or the column.
std::string in_one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return text;
}

std::string_view directive(const Completion& completion) {
  switch (completion.paths) {
    case Completion::Paths::files: return "files";
    case Completion::Paths::folders: return "folders";
    case Completion::Paths::none: break;
  }
  return completion.open ? "open" : "none";
}

}  // namespace

Completion complete(const CommandTable& table, const std::vector<std::string>& words) {
  if (words.empty()) return {};
  if (words.size() == 1) return complete_command(table, words.front());
  const CommandEntry* command = table.find(words.front());
  return command == nullptr ? Completion{} : complete_argument(*command, words);
}

int print_completion(const std::vector<std::string>& words) {
  const Completion completion = complete(command_table(), words);
  for (const Completion::Candidate& one : completion.candidates) {
    // A name that does not fit on a line cannot be offered this way.
    if (one.text.find_first_of("\n\t") != std::string::npos) continue;
    std::cout << one.text << '\t' << in_one_line(one.about) << '\n';
  }
  std::cout << ':' << directive(completion) << std::endl;
  return 0;
}

}  // namespace cli
