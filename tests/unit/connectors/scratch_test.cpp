// SPDX-License-Identifier: Apache-2.0
#include "connectors/scratch_folder.hpp"
#include "connectors/scratch_owner.hpp"
#include "support/temp_dir.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using connectors::own_folder;
using connectors::remove_orphaned;

namespace {

// As mkdtemp makes it, with something in it.
fs::path folder_in(const support::TempDir& parent, const std::string& name) {
  const fs::path folder = parent.path() / name;
  fs::create_directories(folder / "tmp" / "deep");
  fs::permissions(folder, fs::perms::owner_all);
  std::ofstream(folder / "tmp" / "deep" / "file") << "something";
  return folder;
}

// Marks a folder in a process that is killed then.
void mark_and_die(const fs::path& folder) {
  const pid_t child = ::fork();
  if (child == 0) {
    const auto mark = own_folder(folder);
    ::kill(::getpid(), mark && *mark ? SIGKILL : SIGTERM);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WTERMSIG(status) == SIGKILL);
}

}  // namespace

TEST_SUITE_BEGIN("temporary folders");

TEST_CASE("only marked folders of processes that are gone are removed") {
  const support::TempDir parent;
  const fs::path orphan = folder_in(parent, "fivetran-sim-orphan");
  mark_and_die(orphan);
  const fs::path ours = folder_in(parent, "fivetran-sim-ours");
  const auto mark = own_folder(ours);
  REQUIRE((mark && *mark));
  const fs::path unmarked = folder_in(parent, "fivetran-sim-demo-unmarked");
  const fs::path other_name = folder_in(parent, "another-program");
  mark_and_die(other_name);
  const fs::path open_to_all = folder_in(parent, "fivetran-sim-open");
  mark_and_die(open_to_all);
  fs::permissions(open_to_all, fs::perms::others_all, fs::perm_options::add);
  const fs::path aim = folder_in(parent, "aim");
  mark_and_die(aim);
  fs::create_directory_symlink(aim, parent.path() / "fivetran-sim-link");

  remove_orphaned(parent.path());
  CHECK_FALSE(fs::exists(orphan));
  for (const fs::path& kept : {ours, unmarked, other_name, open_to_all, aim})
    CHECK_MESSAGE(fs::exists(kept / "tmp" / "deep" / "file"), kept.string());
}

TEST_CASE("folders that are made while others look for orphans are never lost") {
  const support::TempDir parent;
  std::vector<std::thread> lookers;
  std::atomic<bool> ends = false;
  for (int i = 0; i < 2; ++i)
    lookers.emplace_back([&] {
      while (!ends) remove_orphaned(parent.path());
    });
  for (int i = 0; i < 500; ++i) {
    const fs::path folder = parent.path() / ("fivetran-sim-" + std::to_string(i));
    fs::create_directory(folder);
    fs::permissions(folder, fs::perms::owner_all);
    const auto mark = own_folder(folder);
    if (!mark) continue;  // taken for an orphan: whoever makes it takes another one
    REQUIRE(*mark);
    std::this_thread::yield();
    REQUIRE(fs::exists(folder));
  }
  ends = true;
  for (std::thread& looker : lookers) looker.join();
  remove_orphaned(parent.path());
  CHECK(fs::is_empty(parent.path()));
}

TEST_SUITE_END();
