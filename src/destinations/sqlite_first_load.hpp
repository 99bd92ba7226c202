// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/background_task.hpp"
#include "base/result.hpp"
#include "destinations/sqlite_db.hpp"

#include <chrono>
#include <memory>
#include <string>

struct sqlite3_file;

namespace destinations {

// The first sync of a new file, or its first seconds. As long as there is nothing yet that could be
// lost, each page is written once, straight into the file, instead of into a log and from there
// into the file, and the disk is waited for at the end: a quarter of the time of a first load. A
// killed process loses nothing by it, since SQLite's rollback journal undoes what was on its way. A
// power cut could leave a damaged file; so that nobody takes it for a good one, a note beside it
// ("w.sqlite.loading") tells in which run of the machine it is being written (boot_id, random(4)).
class SqliteFirstLoad {
 public:
  // Who looks into a file that grows for longer than this is not held up by its writer, as he would
  // be for moments without the log.
  static constexpr std::chrono::milliseconds kLongest{3000};

  SqliteFirstLoad() = default;
  // For the file at `path`, which `db` has open and which outlives this.
  SqliteFirstLoad(SqliteDb& db, std::string path, std::chrono::milliseconds longest = kLongest);
  SqliteFirstLoad(SqliteFirstLoad&&) = default;
  SqliteFirstLoad& operator=(SqliteFirstLoad&&) = default;
  // Ends what runs; where that fails the note stays, and the next who writes ends it.
  ~SqliteFirstLoad();

  // Error (environment): the machine stopped while the file at `path` was first loaded. To be
  // called before it is opened; `name` is what messages call it.
  static base::Result<void> check(const std::string& path, const std::string& name);

  // Ends one that was killed, if there is one. To be called once the file is opened for writing.
  base::Result<void> take_up();
  // Begins. False, and nothing was done: the file holds something, or no note can be written.
  base::Result<bool> begin();
  // To be called after each commit; `last`: of a sync, which ends it. Error (environment): the disk
  // did not take what was written.
  base::Result<void> after_commit(bool last);
  bool runs() const noexcept { return state_ && state_->file != nullptr; }

 private:
  struct State {
    SqliteDb* db = nullptr;
    std::string path;
    std::chrono::milliseconds longest{};
    std::chrono::steady_clock::time_point begin{}, flushed{};
    sqlite3_file* file = nullptr;  // owned by `db`; set while it runs
    bool lost = false;             // the disk did not take something
    base::BackgroundTask flush;    // the last member: it ends before what it uses
  };
  base::Result<void> end();
  void flush_behind(std::chrono::steady_clock::time_point now);

  std::unique_ptr<State> state_;  // null: the database has no file, or is only read
};

}  // namespace destinations
