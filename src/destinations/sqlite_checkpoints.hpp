// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/background_task.hpp"
#include "base/result.hpp"
#include "destinations/sqlite_db.hpp"

#include <memory>
#include <optional>
#include <string>

namespace destinations {

// Copies committed pages from the write-ahead log into the database file on a thread and a
// connection of its own, while the next page is loaded; SQLite would do it inside of a commit. A
// checkpoint that fails changes nothing that was committed: closing the database tries again.
class SqliteCheckpoints {
 public:
  SqliteCheckpoints() = default;
  // For commits of `db`, whose file lies at `path`. `db` outlives it.
  SqliteCheckpoints(const SqliteDb& db, std::string path);

  // To be called after each commit.
  void after_commit();
  // Waits until nothing is copied any more.
  void finish();

 private:
  struct State {
    std::string path, name;
    int log_pages = 0;  // in the write-ahead log, as the last commit left it
    std::optional<SqliteDb> db;
    bool running = false;
    base::BackgroundTask task;  // the last member: it ends before what it uses
  };
  static int note_pages(void* state, sqlite3* db, const char* schema, int pages);
  void open();
  void start();

  std::unique_ptr<State> state_;  // null: the database has no file
};

}  // namespace destinations
