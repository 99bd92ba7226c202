// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_checkpoints.hpp"

#include <sqlite3.h>

namespace destinations {
namespace {

// In pages of 16 KB. SQLite itself begins with 1,000 of them; the log starts anew only when all of
// it was copied while nothing was written, so at the upper limit the loader waits for that.
constexpr int kFewPages = 256, kManyPages = 4096;
// From here on more calls are to be expected: the connection is opened, once and early.
constexpr int kOpenPages = 16;

}  // namespace

SqliteCheckpoints::SqliteCheckpoints(const SqliteDb& db, std::string path)
    : state_(std::make_unique<State>()) {
  state_->path = std::move(path);
  state_->name = db.name();
  sqlite3_wal_hook(db.handle(), note_pages, state_.get());
}

int SqliteCheckpoints::note_pages(void* state, sqlite3*, const char*, int pages) {
  static_cast<State*>(state)->log_pages = pages;
  return SQLITE_OK;
}

void SqliteCheckpoints::after_commit() {
  if (!state_ || state_->log_pages < kOpenPages) return;
  if (!state_->db) open();
  if (!state_->db || state_->log_pages < kFewPages) return;
  const bool all = state_->log_pages >= kManyPages;
  if (all) finish();
  start();
  if (all) finish();
}

void SqliteCheckpoints::open() {
  auto db = SqliteDb::open(state_->path, state_->name, SqliteMode::write);
  if (db) state_->db = std::move(*db);
}

void SqliteCheckpoints::finish() {
  if (!state_ || !state_->running) return;
  static_cast<void>(state_->task.wait());
  state_->running = false;
}

void SqliteCheckpoints::start() {
  if (state_->running && !state_->task.is_done()) return;
  finish();
  state_->running = true;
  state_->task.start([state = state_.get()]() -> base::Result<void> {
    sqlite3_wal_checkpoint_v2(state->db->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                              nullptr);
    return {};
  });
}

}  // namespace destinations
