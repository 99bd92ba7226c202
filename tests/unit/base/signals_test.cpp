// SPDX-License-Identifier: Apache-2.0
#include "base/signals.hpp"

#include "process_test_support.hpp"
#include "support/temp_dir.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

using namespace process_test;

namespace {

// Runs `body` in a process of its own, since signal handlers are for a whole process; returns its
// wait status.
template <class Body>
int in_process(Body body) {
  const pid_t pid = fork();
  if (pid == 0) {
    body();
    _exit(99);
  }
  int status = -1;
  waitpid(pid, &status, 0);
  return status;
}

}  // namespace

TEST_CASE("signals: the first is noted and nothing else happens") {
  for (const int number : {SIGINT, SIGTERM}) {
    const int status = in_process([number] {
      base::watch_interrupts();
      if (base::interrupt_signal() != 0) _exit(1);
      raise(number);
      _exit(base::interrupt_signal() == number ? 0 : 2);
    });
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
  }
}

TEST_CASE("signals: the second ends the program and its children at once") {
  const support::TempDir dir;
  const std::string file = dir.path() / "pid";
  int number = 0;
  int expected = 0;
  SUBCASE("Ctrl-C") {
    number = SIGINT;
    expected = 130;
  }
  SUBCASE("termination") {
    number = SIGTERM;
    expected = 143;
  }
  const int status = in_process([&] {
    base::watch_interrupts();
    std::thread([&file] {
      const auto spec = shell("sleep 60 & echo $! > " + file + "; wait");
      static_cast<void>(base::run(spec, {}));
    }).detach();
    if (!eventually([&] { return pid_in(file) > 0; })) _exit(1);
    raise(SIGINT);
    raise(number);
  });
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == expected);
  CHECK(ends(pid_in(file)));
}

TEST_CASE("signals: a closed pipe is a write error, no death") {
  const int status = in_process([] {
    base::watch_interrupts();
    base::Pipe pipe = base::make_pipe().value();
    pipe.read.reset();
    _exit(::write(pipe.write.get(), "x", 1) < 0 && errno == EPIPE ? 0 : 1);
  });
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}
