// SPDX-License-Identifier: Apache-2.0
#include "process_test_support.hpp"
#include "support/temp_dir.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <mutex>

#include <doctest/doctest.h>

using namespace process_test;

namespace {

constexpr seconds kSoon{5};

// A child and what it gave, in order.
struct Watched {
  std::mutex mutex;
  std::vector<std::string> lines;
  std::vector<base::ExitStatus> exits;
  std::vector<std::size_t> lines_at_exit;
  std::unique_ptr<base::ChildProcess> child;

  explicit Watched(const std::string& script) {
    auto started = base::ChildProcess::start(
        shell(script),
        [this](std::string_view line) {
          const std::lock_guard lock(mutex);
          lines.emplace_back(line);
        },
        [this](base::ExitStatus status) {
          const std::lock_guard lock(mutex);
          exits.push_back(status);
          lines_at_exit.push_back(lines.size());
        });
    REQUIRE_MESSAGE(started.has_value(), started.error().message);
    child = std::move(*started);
  }

  bool exited() {
    const std::lock_guard lock(mutex);
    return !exits.empty();
  }
  std::size_t line_count() {
    const std::lock_guard lock(mutex);
    return lines.size();
  }
};

}  // namespace

TEST_CASE("child: lines of both streams, then its exit") {
  Watched watched("echo out; echo err >&2; printf tail; exit 7");
  CHECK(eventually([&] { return watched.exited(); }));
  std::sort(watched.lines.begin(), watched.lines.end());
  CHECK(watched.lines == std::vector<std::string>{"err", "out", "tail"});
  REQUIRE(watched.exits.size() == 1);
  CHECK(watched.exits[0].code == 7);
  CHECK(watched.lines_at_exit[0] == 3);
  REQUIRE(watched.child->status().has_value());
  CHECK(watched.child->status()->code == 7);
}

TEST_CASE("child: kill ends the group and what left it, and may be called again") {
  const support::TempDir dir;
  const std::string inside = dir.path() / "inside";
  const std::string outside = dir.path() / "outside";
  Watched watched("sleep 60 & echo $! > " + inside + "; setsid sh -c 'echo $$ > " + outside +
                  "; exec sleep 60' & wait");
  CHECK(eventually([&] { return pid_in(inside) > 0 && pid_in(outside) > 0; }));
  CHECK_FALSE(watched.child->status().has_value());
  watched.child->kill();
  watched.child->kill();
  CHECK(eventually([&] { return watched.exited(); }));
  CHECK(watched.exits[0].text() == "signal: killed");
  CHECK(ends(pid_in(inside)));
#ifdef __linux__
  CHECK(ends(pid_in(outside)));
#endif
  watched.child->kill();
}

TEST_CASE("child: destroying it kills it") {
  const support::TempDir dir;
  const std::string file = dir.path() / "pid";
  Watched watched("sleep 60 & echo $! > " + file + "; wait");
  CHECK(eventually([&] { return pid_in(file) > 0; }));
  const pid_t child = watched.child->pid();
  const auto begin = Clock::now();
  watched.child.reset();
  CHECK(Clock::now() - begin < kSoon);
  CHECK(watched.exits.size() == 1);
  CHECK_FALSE(is_running(child));
  CHECK(ends(pid_in(file)));
}

TEST_CASE("child: its exit is noticed at once, also when a grandchild holds the pipes") {
  const support::TempDir dir;
  const std::string file = dir.path() / "pid";
  const auto begin = Clock::now();
  Watched watched("sleep 60 & echo $! > " + file + "; echo bye");
  CHECK(eventually([&] { return watched.exited(); }));
  CHECK(Clock::now() - begin < kSoon);
  CHECK(watched.exits[0].ok());
  CHECK(watched.lines == std::vector<std::string>{"bye"});
  CHECK(ends(pid_in(file)));
}

TEST_CASE("child: a flood on both streams never blocks it") {
  Watched watched("head -c 20000000 /dev/zero & head -c 20000000 /dev/zero >&2; wait");
  CHECK(eventually([&] { return watched.exited(); }));
  CHECK(watched.exits[0].ok());
  std::size_t bytes = 0;
  for (const std::string& line : watched.lines) bytes += line.size();
  CHECK(bytes == 40'000'000);
}

TEST_CASE("child: stdin is empty") {
  Watched watched("read line || echo nothing");
  CHECK(eventually([&] { return watched.exited(); }));
  CHECK(watched.lines == std::vector<std::string>{"nothing"});
}

TEST_CASE("child: drain waits for what was printed") {
  const support::TempDir dir;
  const std::string file = dir.path() / "done";
  Watched watched("i=0; while [ $i -lt 20000 ]; do echo line; i=$((i+1)); done; echo x > " + file +
                  "; sleep 60");
  CHECK(eventually([&] { return std::filesystem::exists(file); }));
  watched.child->drain(seconds(10));
  CHECK(watched.line_count() == 20'000);
}

TEST_CASE("child: drain gives up at its limit and returns at once after the end") {
  Watched endless("cat /dev/zero");
  const auto begin = Clock::now();
  endless.child->drain(milliseconds(50));
  CHECK(Clock::now() - begin < kSoon);
  Watched ended("exit 0");
  CHECK(eventually([&] { return ended.exited(); }));
  ended.child->drain(seconds(60));
  CHECK(Clock::now() - begin < kSoon + kSoon);
}

TEST_CASE("child: the thread that started it may end") {
  std::unique_ptr<Watched> watched;
  std::thread([&] { watched = std::make_unique<Watched>("sleep 60"); }).join();
  std::this_thread::sleep_for(milliseconds(200));
  CHECK_FALSE(watched->child->status().has_value());
}

TEST_CASE("kill_all_children ends every running program") {
  Watched one("sleep 60");
  Watched two("sleep 60 & wait");
  base::kill_all_children();
  CHECK(eventually([&] { return one.exited() && two.exited(); }));
  CHECK(one.exits[0].signal == SIGKILL);
  CHECK(two.exits[0].signal == SIGKILL);
}

#ifdef __linux__
TEST_CASE("no program outlives a simulator that was killed with SIGKILL, nor does its child") {
  const support::TempDir dir;
  const std::string file = dir.path() / "pid";
  const std::string child_file = dir.path() / "child";
  bool one_shot = false;
  SUBCASE("a one-shot program") {
    one_shot = true;
  }
  SUBCASE("a child that lives on") {
    one_shot = false;
  }
  const pid_t simulator = fork();
  if (simulator == 0) {
    const auto spec =
        shell("sleep 60 & echo $! > " + child_file + "; echo $$ > " + file + "; wait");
    if (one_shot) {
      static_cast<void>(base::run(spec, {}));
    } else if (auto child = base::ChildProcess::start(spec, {}, {})) {
      pause();
    }
    _exit(1);
  }
  REQUIRE(simulator > 0);
  CHECK(eventually([&] { return pid_in(file) > 0; }));
  CHECK(is_running(pid_in(file)));
  CHECK(is_running(pid_in(child_file)));
  ::kill(simulator, SIGKILL);
  waitpid(simulator, nullptr, 0);
  CHECK(ends(pid_in(file)));
  CHECK(ends(pid_in(child_file)));
}
#endif
