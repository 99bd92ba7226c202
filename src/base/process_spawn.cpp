// SPDX-License-Identifier: Apache-2.0
#include "base/process_spawn.hpp"

#include "base/process_family.hpp"
#include "base/process_guard.hpp"
#include "base/process_launch.hpp"
#include "base/process_mark.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <filesystem>

#include <fmt/core.h>

namespace base {

namespace {

std::string_view path_of(const std::vector<std::string>& env) {
  for (const std::string& entry : env) {
    if (entry.rfind("PATH=", 0) == 0) return std::string_view(entry).substr(5);
  }
  return "/usr/local/bin:/usr/bin:/bin";
}

// The file to execute. Only the look-up on PATH fails here; exec itself judges a path best.
Result<std::string> resolve(const ProcessSpec& spec) {
  if (spec.argv.empty() || spec.argv[0].empty()) {
    return fail(ErrorKind::usage, "cannot start a program: none was named");
  }
  std::string program = spec.argv[0];
  if (program.find('/') == std::string::npos) {
    const auto found = find_program(program, path_of(spec.env));
    if (!found) {
      const bool here = find_program("./" + program, {}).has_value();
      return fail(ErrorKind::usage,
                  fmt::format("cannot start {}: not found on PATH ({})", program,
                              here ? "a file of that name is here: write ./" + program
                                   : "install it, or give its path"));
    }
    program = *found;
  }
  if (spec.cwd.empty()) return program;
  std::error_code error;
  const auto absolute = std::filesystem::absolute(program, error);
  return error ? program : absolute.string();
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> list;
  list.reserve(texts.size() + 1);
  for (const std::string& text : texts) list.push_back(const_cast<char*>(text.c_str()));
  list.push_back(nullptr);
  return list;
}

// The mark of our family in the place of another one: a simulator may run inside another's.
std::vector<std::string> with_mark(std::vector<std::string> env) {
  const std::string mark = family_mark();
  const std::string name = mark.substr(0, mark.find('=') + 1);
  std::erase_if(env, [&](const std::string& entry) { return entry.rfind(name, 0) == 0; });
  env.push_back(mark);
  return env;
}

// A larger pipe saves switches between the two processes on large pages: 1 MiB is what Linux lets
// any user have. Where that is refused the standard size does.
void widen(int pipe) {
#ifdef F_SETPIPE_SZ
  fcntl(pipe, F_SETPIPE_SZ, 1 << 20);
#else
  static_cast<void>(pipe);
#endif
}

// The program's ends of the pipes; ours are in Program.
struct TheirEnds {
  Fd input;
  Fd output;
  Fd errors;
};

Result<TheirEnds> make_pipes(Program& program, bool with_input) {
  FSIM_ASSIGN(Pipe output, make_pipe());
  FSIM_ASSIGN(Pipe errors, make_pipe());
  TheirEnds theirs;
  if (with_input) {
    FSIM_ASSIGN(Pipe input, make_pipe());
    theirs.input = std::move(input.read);
    program.input = std::move(input.write);
    set_nonblocking(program.input.get());
    widen(program.input.get());
  } else {
    theirs.input = open_file("/dev/null", O_RDONLY);
    if (!theirs.input) {
      return fail(ErrorKind::environment,
                  fmt::format("cannot open /dev/null: {}", errno_text(errno)));
    }
  }
  theirs.output = std::move(output.write);
  theirs.errors = std::move(errors.write);
  program.output = std::move(output.read);
  program.errors = std::move(errors.read);
  set_nonblocking(program.output.get());
  set_nonblocking(program.errors.get());
  widen(program.output.get());
  return theirs;
}

Error explain(const Launched& failure, const ProcessSpec& spec, const std::string& file) {
  const std::string& name = spec.argv[0];
  switch (failure.failed_at) {
    case Launched::Step::folder:
      return {ErrorKind::usage, fmt::format("cannot start {} in the folder {}: {}", name, spec.cwd,
                                            errno_text(failure.error))};
    case Launched::Step::program: return explain_exec_failure(file, failure.error);
    default:
      return {ErrorKind::environment,
              fmt::format("cannot start {}: the system gives no process: {} (ulimit -a shows the "
                          "limits)",
                          name, errno_text(failure.error))};
  }
}

Launched launch_and_register(const Launch& what) {
  const std::lock_guard lock(family_mutex());
  Launched outcome = launch(what);
  if (outcome.failed_at == Launched::Step::started && !register_child(outcome.pid)) {
    ::kill(-outcome.pid, SIGKILL);
    forget_group(outcome.pid);
    waitpid(outcome.pid, nullptr, 0);
    outcome.failed_at = Launched::Step::process;
    outcome.error = EAGAIN;
  }
  return outcome;
}

}  // namespace

Result<std::unique_ptr<Program>> spawn(const ProcessSpec& spec, bool with_input) {
  prepare_process();
  start_guard();
  FSIM_ASSIGN(const std::string file, resolve(spec));
  std::unique_ptr<Program> program(new Program);
  FSIM_ASSIGN(const TheirEnds theirs, make_pipes(*program, with_input));
  const std::vector<char*> argv = pointers(spec.argv);
  const std::vector<std::string> variables = with_mark(spec.env);
  const std::vector<char*> env = pointers(variables);
  Launch what;
  what.path = file.c_str();
  what.argv = argv.data();
  what.env = env.data();
  what.folder = spec.cwd.empty() ? nullptr : spec.cwd.c_str();
  what.input = theirs.input.get();
  what.output = theirs.output.get();
  what.errors = theirs.errors.get();
  what.guard = guard_socket();
  const Launched outcome = launch_and_register(what);
  if (outcome.failed_at != Launched::Step::started) {
    return tl::unexpected<Error>(explain(outcome, spec, file));
  }
  FSIM_TRY(program->own(outcome.pid, spec.memory_limit));
  return program;
}

}  // namespace base
