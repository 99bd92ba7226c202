// SPDX-License-Identifier: Apache-2.0
#include "process_test_support.hpp"
#include "support/temp_dir.hpp"

#include <signal.h>

#include <doctest/doctest.h>

using namespace process_test;

namespace {

// Holds for 5 s where 250 ms are due: others load the machine.
constexpr seconds kSoon{5};

base::Completed run_ok(const base::ProcessSpec& spec, const base::RunOptions& options = {}) {
  auto done = base::run(spec, options);
  REQUIRE_MESSAGE(done.has_value(), done.error().message);
  return std::move(*done);
}

}  // namespace

TEST_CASE("run: stdin goes in, stdout and stderr come out") {
  std::vector<std::string> lines;
  base::RunOptions options;
  options.input = "hello";
  options.on_stderr = [&](std::string_view line) { lines.emplace_back(line); };
  const auto done = run_ok(shell("cat; printf 'one\\r\\n\\ntwo' >&2"), options);
  CHECK(done.output.view() == "hello");
  CHECK(lines == std::vector<std::string>{"one", "", "two"});
  CHECK(done.status.ok());
  CHECK_FALSE(done.timed_out);
}

TEST_CASE("run: 8 MB both ways, and as much on stderr, do not block each other") {
  const std::string input(8u << 20, 'x');
  std::size_t on_stderr = 0;
  base::RunOptions options;
  options.input = input;
  options.timeout = seconds(60);
  options.on_stderr = [&](std::string_view line) { on_stderr += line.size(); };
  const auto done = run_ok(shell("tee /dev/stderr"), options);
  CHECK(done.output.view() == input);
  CHECK(on_stderr == input.size());
}

TEST_CASE("run: a program that does not read its input is no failure") {
  const std::string input(8u << 20, 'x');
  base::RunOptions options;
  options.input = input;
  const auto done = run_ok(shell("echo done"), options);
  CHECK(done.output.view() == "done\n");
  CHECK(done.status.ok());
}

TEST_CASE("run: at the deadline the whole group dies") {
  const support::TempDir dir;
  const std::string file = dir.path() / "pid";
  base::RunOptions options;
  options.timeout = milliseconds(500);
  const auto begin = Clock::now();
  const auto done = run_ok(shell("sleep 60 & echo $! > " + file + "; echo early; wait"), options);
  CHECK(Clock::now() - begin < kSoon);
  CHECK(done.timed_out);
  CHECK(done.status.signal == SIGKILL);
  CHECK(done.status.text() == "signal: killed");
  CHECK(done.output.view() == "early\n");
  REQUIRE(pid_in(file) > 0);
  CHECK(ends(pid_in(file)));
}

TEST_CASE("run: a grandchild that holds the pipes delays the answer by a moment only") {
  const support::TempDir dir;
  const std::string file = dir.path() / "pid";
  const auto begin = Clock::now();
  const auto done = run_ok(shell("sleep 60 & echo $! > " + file + "; echo answer"));
  CHECK(Clock::now() - begin < kSoon);
  CHECK(done.output.view() == "answer\n");
  CHECK(done.status.ok());
  CHECK_FALSE(done.timed_out);
  CHECK(ends(pid_in(file)));
}

#ifdef __linux__
TEST_CASE("run: a grandchild that left the group is killed too") {
  const support::TempDir dir;
  const std::string file = dir.path() / "pid";
  const std::string escape = "setsid sh -c 'echo $$ > " + file + "; exec sleep 60' & ";
  const std::string wait_for_it = "while [ ! -s " + file + " ]; do sleep 0.01; done; ";
  base::RunOptions options;
  SUBCASE("at the deadline, while its parent lives") {
    options.timeout = seconds(2);
    CHECK(run_ok(shell(escape + "sleep 60"), options).timed_out);
  }
  SUBCASE("at the deadline, when its parent has gone") {
    options.timeout = seconds(2);
    CHECK(run_ok(shell("(" + escape + ") ; sleep 60"), options).timed_out);
  }
  SUBCASE("when it holds the pipes after the program's end") {
    CHECK(run_ok(shell(escape + wait_for_it + "exit 3"), options).status.code == 3);
  }
  REQUIRE(pid_in(file) > 0);
  CHECK(ends(pid_in(file)));
}
#endif

TEST_CASE("run: a helper that let go of the pipes may stay") {
  const support::TempDir dir;
  const std::string file = dir.path() / "pid";
  run_ok(shell("sleep 60 < /dev/null > /dev/null 2>&1 & echo $! > " + file));
  const pid_t helper = pid_in(file);
  REQUIRE(helper > 0);
  CHECK(is_running(helper));
  ::kill(helper, SIGKILL);
}

TEST_CASE("run: a flood of stderr is drained and does not grow memory") {
  std::size_t lines = 0;
  std::size_t longest = 0;
  base::RunOptions options;
  options.on_stderr = [&](std::string_view line) {
    ++lines;
    longest = std::max(longest, line.size());
  };
  const auto done = run_ok(shell("head -c 50000000 /dev/zero >&2; echo end"), options);
  CHECK(done.output.view() == "end\n");
  CHECK(lines == (50'000'000 + 65'535) / 65'536);
  CHECK(longest == 65'536);
}

TEST_CASE("run: exit codes and signals") {
  CHECK(run_ok(shell("exit 42")).status.code == 42);
  CHECK(run_ok(shell("exit 42")).status.text() == "exit status 42");
  const auto segfault = run_ok(shell("kill -SEGV $$"));
  CHECK(segfault.status.signal == SIGSEGV);
  CHECK(segfault.status.text() == "signal: segmentation fault");
  CHECK_FALSE(segfault.status.ok());
}

TEST_CASE("run: stdout over the limit ends the program") {
  base::RunOptions options;
  options.max_output = 1'000'000;
  const auto done = run_ok(shell("cat /dev/zero"), options);
  CHECK(done.output_too_large);
  CHECK(done.output.size() == 1'000'000);
  CHECK(done.status.signal == SIGKILL);
  const auto fits = run_ok(shell("head -c 1000000 /dev/zero"), options);
  CHECK_FALSE(fits.output_too_large);
  CHECK(fits.output.size() == 1'000'000);
}

TEST_CASE("run: the bell stops it from another thread") {
  auto bell = base::Bell::make();
  REQUIRE(bell.has_value());
  base::RunOptions options;
  options.stop = &*bell;
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(100));
    bell->ring();
  });
  const auto begin = Clock::now();
  const auto done = run_ok(shell("sleep 60"), options);
  other.join();
  CHECK(done.stopped);
  CHECK_FALSE(done.timed_out);
  CHECK(Clock::now() - begin < kSoon);
}

TEST_CASE("run: environment and working folder are the given ones") {
  const support::TempDir dir;
  base::ProcessSpec spec = shell("pwd; echo \"$GREETING\"; env | wc -l");
  spec.env = {"GREETING=good day", "PATH=/usr/bin:/bin"};
  spec.cwd = dir.path();
  const auto done = run_ok(spec);
  // sh adds PWD, and some shells SHLVL and _.
  const std::string start = std::filesystem::canonical(dir.path()).string() + "\ngood day\n";
  CHECK(done.output.view().substr(0, start.size()) == start);
  CHECK(std::stoi(std::string(done.output.view().substr(start.size()))) <= 5);
}

TEST_CASE("run: a relative program means from our folder, whatever its working folder") {
  const support::TempDir dir;
  std::filesystem::create_directory(dir.path() / "elsewhere");
  const auto script = std::filesystem::path(dir.write("here.sh", "#!/bin/sh\npwd\n"));
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  base::ProcessSpec spec = shell("");
  spec.argv = {std::filesystem::relative(script).string()};
  spec.cwd = dir.path() / "elsewhere";
  const auto done = run_ok(spec);
  CHECK(done.output.view() == std::filesystem::canonical(spec.cwd).string() + "\n");
}

TEST_CASE("run: the program gets default signals and none of our descriptors") {
  const support::TempDir dir;
  std::ifstream kept(dir.write("open", "x"));  // not close-on-exec
  // A shell cannot undo an ignored SIGPIPE, so `yes` would not die of it.
  const auto done = run_ok(shell("ls /proc/self/fd | wc -l; kill -PIPE $$"));
  // 0, 1, 2 and the folder that ls reads.
  CHECK(done.output.view() == "4\n");
  CHECK(done.status.signal == SIGPIPE);
}

#ifdef __linux__
TEST_CASE("run: peak memory is the program's own, not ours") {
  std::vector<char> ours(200u << 20, 'x');
  const auto small = run_ok(shell("sleep 0.3"));
  CHECK(small.status.peak_memory_bytes < (100u << 20));
  CHECK(small.status.peak_memory_bytes > 0);
  CHECK(ours[1] == 'x');
}

TEST_CASE("run: peak memory of a large program") {
  const auto large =
      run_ok(shell("x=$(head -c 30000000 /dev/zero | tr '\\0' x); sleep 0.5; echo ${#x}"));
  CHECK(large.output.view() == "30000000\n");
  CHECK(large.status.peak_memory_bytes > 30'000'000);
}

TEST_CASE("run: over the memory limit the whole family dies") {
  base::ProcessSpec spec =
      shell("head -c 300000000 /dev/zero | (tail -c 290000000; sleep 60) | wc -c");
  spec.memory_limit = 100u << 20;
  const auto done = run_ok(spec);
  CHECK(done.status.out_of_memory);
  CHECK(done.status.signal == SIGKILL);
}
#endif

TEST_CASE("run: many at once from many threads") {
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&good, i] {
      for (int round = 0; round < 10; ++round) {
        const std::string text = std::to_string(i * 100 + round);
        base::RunOptions options;
        options.input = text;
        auto done = base::run(shell("cat"), options);
        if (done && done->status.ok() && done->output.view() == text) ++good;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(good == 80);
}
