// SPDX-License-Identifier: Apache-2.0
#include "base/terminal.hpp"

#include "base/fd.hpp"
#include "base/moving_line.hpp"
#include "base/status_line.hpp"
#include "process_test_support.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace {

// Sets an environment variable for one test; null removes it.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = ::getenv(name)) before_ = before;
    set(value);
  }
  ~Variable() { set(before_ ? before_->c_str() : nullptr); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  void set(const char* value) {
    if (value != nullptr) {
      ::setenv(name_, value, 1);
    } else {
      ::unsetenv(name_);
    }
  }
  const char* name_;
  std::optional<std::string> before_;
};

// The two ends of a real terminal.
struct Terminal {
  base::Fd outer;
  base::Fd inner;
  Terminal() : outer(::posix_openpt(O_RDWR | O_NOCTTY)) {
    REQUIRE(outer);
    REQUIRE(::grantpt(outer.get()) == 0);
    REQUIRE(::unlockpt(outer.get()) == 0);
    inner.reset(::open(::ptsname(outer.get()), O_RDWR | O_NOCTTY));
    REQUIRE(inner);
  }
};

std::string read_all(base::Pipe& pipe) {
  pipe.write.reset();
  std::string text;
  char bytes[4096];
  ssize_t got = 0;
  while ((got = ::read(pipe.read.get(), bytes, sizeof bytes)) > 0) {
    text.append(bytes, static_cast<std::size_t>(got));
  }
  return text;
}

}  // namespace

TEST_CASE("terminal: colour is asked for, refused, or a matter of the terminal") {
  const Terminal terminal;
  const Variable plain("NO_COLOR", nullptr);
  const Variable usual("TERM", "xterm-256color");
  const base::Pipe pipe = base::make_pipe().value();
  const int tty = terminal.inner.get();
  CHECK(base::wants_colour(tty, "auto"));
  CHECK_FALSE(base::wants_colour(tty, "never"));
  CHECK_FALSE(base::wants_colour(pipe.write.get(), "auto"));
  CHECK(base::wants_colour(pipe.write.get(), "always"));
  {
    const Variable refused("NO_COLOR", "1");
    CHECK_FALSE(base::wants_colour(tty, "auto"));
    CHECK(base::wants_colour(tty, "always"));
  }
  {
    const Variable empty("NO_COLOR", "");
    CHECK(base::wants_colour(tty, "auto"));
  }
  const Variable dumb("TERM", "dumb");
  CHECK_FALSE(base::wants_colour(tty, "auto"));
  CHECK_FALSE(base::moves_cursor(tty));
  CHECK(base::is_terminal(tty));
}

TEST_CASE("terminal: its width, or what is assumed") {
  const Terminal terminal;
  winsize size = {};
  size.ws_col = 132;
  REQUIRE(::ioctl(terminal.inner.get(), TIOCSWINSZ, &size) == 0);
  CHECK(base::terminal_width(terminal.inner.get()) == 132);
  size.ws_col = 7;
  REQUIRE(::ioctl(terminal.inner.get(), TIOCSWINSZ, &size) == 0);
  CHECK(base::terminal_width(terminal.inner.get()) == 40);
  const base::Pipe pipe = base::make_pipe().value();
  CHECK(base::terminal_width(pipe.write.get()) == 100);
}

TEST_CASE("status line: it comes, stays below what is printed, and goes") {
  base::Pipe pipe = base::make_pipe().value();
  {
    base::StatusLine status(pipe.write.get(), true);
    status.print("before");
    status.show("call 1");
    status.show("call 1");
    status.print("a line");
    status.show("call 2 \x1B[2J");
    status.clear();
    status.clear();
    status.show(std::string(300, 'x'));
  }
  CHECK(read_all(pipe) ==
        "before\n\r\x1B[Kcall 1\r\x1B[Ka line\ncall 1\r\x1B[Kcall 2 <U+001B>[2J\r\x1B[K\r\x1B[K" +
            std::string(65, 'x') + "…" + std::string(33, 'x') + "\r\x1B[K");
}

TEST_CASE("status line: where nothing moves, only lines are printed") {
  base::Pipe pipe = base::make_pipe().value();
  {
    base::StatusLine status(pipe.write.get());
    status.show("call 1");
    status.print("a line");
  }
  CHECK(read_all(pipe) == "a line\n");
}

TEST_CASE("status line: lines of many threads stay whole") {
  base::Pipe pipe = base::make_pipe().value();
  {
    base::StatusLine status(pipe.write.get(), true);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&status, t] {
        for (int i = 0; i < 50; ++i) {
          status.show("status " + std::to_string(i));
          status.print("line " + std::to_string(t));
        }
      });
    }
    for (auto& thread : threads) thread.join();
  }
  const std::string text = read_all(pipe);
  for (int t = 0; t < 4; ++t) {
    std::size_t count = 0;
    const std::string line = "line " + std::to_string(t) + "\n";
    for (std::size_t at = text.find(line); at != std::string::npos; at = text.find(line, at + 1)) {
      ++count;
    }
    CHECK(count == 50);
  }
}

TEST_CASE("how long something has lasted is told in whole seconds") {
  using namespace std::chrono_literals;
  CHECK(base::lasted(0s) == "0s");
  CHECK(base::lasted(59s) == "59s");
  CHECK(base::lasted(60s) == "1m 00s");
  CHECK(base::lasted(192s) == "3m 12s");
}

TEST_CASE("moving line: it comes by itself, is off the screen in a pause, and goes at the end") {
  std::mutex mutex;
  std::string screen;
  const auto write = [&](std::string_view bytes) {
    const std::lock_guard lock(mutex);
    screen.append(bytes);
  };
  const auto shown = [&] {
    const std::lock_guard lock(mutex);
    return screen;
  };
  {
    std::string what;
    base::MovingLine line(write, 20, true, [&what](auto) { return what; });
    CHECK(shown() == "");
    {
      const auto lock = line.lock();
      what = "half";
    }
    REQUIRE(process_test::eventually([&] { return shown() == "\r\x1B[Khalf"; }));
    {
      const auto paused = line.pause();
      what = "done";
      write("an event\n");
      std::this_thread::sleep_for(std::chrono::milliseconds(400));
      CHECK(shown() == "\r\x1B[Khalf\r\x1B[Kan event\n");
    }
    REQUIRE(process_test::eventually([&] { return shown().ends_with("\r\x1B[Kdone"); }));
  }
  CHECK(shown() == "\r\x1B[Khalf\r\x1B[Kan event\n\r\x1B[Kdone\r\x1B[K");
}

TEST_CASE("moving line: nobody is asked where none is wanted or nothing moves") {
  base::Pipe pipe = base::make_pipe().value();
  std::atomic<int> asked = 0;
  const auto text = [&asked](auto) { return std::to_string(++asked); };
  {
    const base::MovingLine unwanted([](std::string_view) {}, 20, false, text);
    const base::MovingLine unmoved(pipe.write.get(), true, text);
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
  }
  CHECK(asked == 0);
  CHECK(read_all(pipe) == "");
}
