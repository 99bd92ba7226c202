// SPDX-License-Identifier: Apache-2.0
#include "base/background_task.hpp"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

TEST_CASE("tasks run one after the other on another thread, and their results are handed over") {
  base::BackgroundTask background;
  CHECK(background.wait());
  CHECK(background.is_done());
  std::thread::id first, second;
  background.start([&first]() -> base::Result<void> {
    first = std::this_thread::get_id();
    return {};
  });
  CHECK(background.wait());
  background.start([&second]() -> base::Result<void> {
    second = std::this_thread::get_id();
    return base::fail(base::ErrorKind::environment, "disk is full");
  });
  const auto failed = background.wait();
  REQUIRE_FALSE(failed);
  CHECK(failed.error().message == "disk is full");
  CHECK(background.wait());
  CHECK(first == second);
  CHECK(first != std::this_thread::get_id());
}

TEST_CASE("a task is waited for when its owner ends") {
  std::atomic<bool> may_end = false, ended = false;
  std::thread releaser;
  {
    base::BackgroundTask background;
    background.start([&]() -> base::Result<void> {
      while (!may_end) std::this_thread::yield();
      ended = true;
      return {};
    });
    CHECK_FALSE(background.is_done());
    releaser = std::thread([&may_end] { may_end = true; });
  }
  CHECK(ended);
  releaser.join();
}
