// SPDX-License-Identifier: Apache-2.0
#include "cli/main.hpp"

#include "base/process_read_only.hpp"
#include "base/text.hpp"
#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/complete.hpp"
#include "cli/fixture_input.hpp"
#include "cli/program.hpp"
#include "cli/screen.hpp"
#include "cli/secrets_input.hpp"

#include <exception>
#include <iostream>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace cli {
namespace {

using Command = base::Result<core::ExitCode> (*)(const Arguments&);

// Every command by its name; aliases are resolved before.
constexpr std::pair<std::string_view, Command> kCommands[] = {
    {"run", run_command},       {"invoke", invoke_command},     {"check", check_command},
    {"chaos", chaos_command},   {"state", state_command},       {"tables", tables_command},
    {"sql", sql_command},       {"schema", schema_command},     {"diff", diff_command},
    {"reset", reset_command},   {"rules", rules_command},       {"explain", explain_command},
    {"serve", serve_command},   {"doctor", doctor_command},     {"scan", scan_command},
    {"record", record_command}, {"replay", replay_command},     {"test", test_command},
    {"init", init_command},     {"runs", runs_command},         {"report", report_command},
    {"aws", aws_command},       {"forecast", forecast_command}, {"completion", completion_command},
    {"man", man_command},       {"demo", demo_command}};

base::Result<void> read_secrets_once(Arguments& args) {
  auto secrets = read_secrets(args);
  if (secrets) {
    args.secrets_json = *secrets;
  } else if (sends_secrets(args)) {
    return tl::unexpected<base::Error>(secrets.error());
  } else {
    std::cerr << "fivetran-sim: secrets are not hidden: " << base::visible(secrets.error().message)
              << '\n';
  }
  return {};
}

base::Result<core::ExitCode> dispatch(std::vector<std::string> words,
                                      std::optional<Screen>& screen) {
  FSIM_ASSIGN(Arguments args, parse_arguments(std::move(words)));
  if (!args.help.empty()) {
    std::cout << args.help << std::flush;
    return core::ExitCode::ok;
  }
  FSIM_TRY(take_recorded_settings(args));
  FSIM_TRY(read_secrets_once(args));
  if (!args.reveal_secrets) screen.emplace(redactor_of(args));
  for (const auto& [name, command] : kCommands)
    if (name == args.command) return command(args);
  return base::fail(base::ErrorKind::internal, "no code behind the command " + args.command);
}

// A page is read on one thread and freed on another, and the next one is as large: its memory is
// kept for it instead of going back to the system each time.
void keep_memory() {
#if defined(__GLIBC__)
  constexpr int kMostKept = 1 << 28, kLargestKept = 1 << 25;  // the most that glibc takes
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, kLargestKept);
  mallopt(M_TRIM_THRESHOLD, kMostKept);
#endif
}

// To whoever started us as the beginning of a connector: it puts the message into its own.
int say(const base::Error& error) {
  std::cerr << error.message << '\n';
  return static_cast<int>(core::ExitCode::environment);
}

}  // namespace

int execute(std::vector<std::string> words) {
  std::optional<Screen> screen;  // outlives the error message
  auto code = dispatch(std::move(words), screen);
  if (!code) {
    print_error(code.error());
    return static_cast<int>(exit_code_of(code.error()));
  }
  return static_cast<int>(*code);
}

int main(int argc, char** argv) {
  // Not a command of the user's: this is how a connector's own view of the file system begins.
  if (argc > 1 && std::string_view(argv[1]) == base::kReadOnlyCommand)
    return say(base::become_read_only(argc, argv));
  if (argc > 1 && argv[1] == kCompleteCommand) return print_completion({argv + 2, argv + argc});
  watch_interrupts();
  keep_memory();
  // Exceptions of libraries end where they are included; this is the last net.
  try {
    return after_printing(execute({argv + 1, argv + argc}));
  } catch (const std::bad_alloc&) {
    print_error({base::ErrorKind::environment,
                 "cannot go on: the system gives no more memory (close other programs, or send "
                 "smaller pages)"});
    return static_cast<int>(core::ExitCode::environment);
  } catch (const std::exception& mistake) {
    print_error({base::ErrorKind::internal, mistake.what()});
    return static_cast<int>(core::ExitCode::internal);
  }
}

}  // namespace cli
