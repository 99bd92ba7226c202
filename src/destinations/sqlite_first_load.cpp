// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_first_load.hpp"

#include "base/files.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

namespace destinations {
namespace {

constexpr std::chrono::milliseconds kFlushEach{25};

// A change of the journal's mode that failed halfway is undone by whoever reads next.
constexpr char kUndoHalfDone[] = "SELECT count(*) FROM sqlite_schema";

std::string note_of(const std::string& path) {
  return path + ".loading";
}

// What a note says: in which run of the machine which file is written.
struct Words {
  std::string boot, file;  // a line each; empty: the system does not tell
};

Words words_for(const std::string& path) {
  struct stat file {};
  const bool there = stat(path.c_str(), &file) == 0;
  return {base::read_file("/proc/sys/kernel/random/boot_id").value_or(""),
          there ? fmt::format("{}\n", file.st_ino) : ""};
}

enum class Note { none, of_this_boot, of_an_earlier_boot, of_another_file };

Note read_note(const std::string& path) {
  const auto note = base::read_file(note_of(path));
  if (!note) return Note::none;
  const Words now = words_for(path);
  if (note->substr(note->find('\n') + 1) != now.file) return Note::of_another_file;
  return *note == now.boot + now.file ? Note::of_this_boot : Note::of_an_earlier_boot;
}

void remove_note(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove(note_of(path), ignored);
}

base::Result<bool> is_empty(SqliteDb& db) {
  FSIM_ASSIGN(SqliteStatement count, db.prepare("PRAGMA page_count"));
  if (count.step() != Step::row) return tl::unexpected(db.error("open"));
  return count.integer(0) == 0;
}

// SQLite's own open file: closing another one of ours would end SQLite's locks (fcntl(2)).
sqlite3_file* file_of(const SqliteDb& db) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(db.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

// Until what was written has reached the disk.
bool wait_for_disk(sqlite3_file* file) {
  return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY) == SQLITE_OK;
}

}  // namespace

SqliteFirstLoad::SqliteFirstLoad(SqliteDb& db, std::string path, std::chrono::milliseconds longest)
    : state_(std::make_unique<State>()) {
  state_->db = &db;
  state_->path = std::move(path);
  state_->longest = longest;
}

SqliteFirstLoad::~SqliteFirstLoad() {
  static_cast<void>(end());
}

base::Result<void> SqliteFirstLoad::check(const std::string& path, const std::string& name) {
  if (read_note(path) != Note::of_an_earlier_boot) return {};
  return base::fail(base::ErrorKind::environment,
                    fmt::format("cannot open {}: the machine stopped while its first rows were "
                                "written, so it may be damaged (delete {} and {}, then run again)",
                                name, path, note_of(path)));
}

base::Result<void> SqliteFirstLoad::take_up() {
  if (!state_) return {};
  const Note note = read_note(state_->path);
  if (note == Note::of_another_file) remove_note(state_->path);
  if (note != Note::of_this_boot) return {};
  state_->file = file_of(*state_->db);
  return end();
}

base::Result<bool> SqliteFirstLoad::begin() {
  if (!state_) return false;
  FSIM_ASSIGN(const bool empty, is_empty(*state_->db));
  const Words words = words_for(state_->path);
  sqlite3_file* const file = file_of(*state_->db);
  if (!empty || words.boot.empty() || words.file.empty() || file == nullptr) return false;
  if (!base::write_file_atomically(note_of(state_->path), words.boot + words.file)) return false;
  state_->file = file;
  state_->begin = state_->flushed = std::chrono::steady_clock::now();
  FSIM_TRY(
      state_->db->execute("PRAGMA journal_mode = PERSIST; PRAGMA synchronous = OFF", "create"));
  return true;
}

base::Result<void> SqliteFirstLoad::after_commit(bool last) {
  if (!runs()) return {};
  const auto now = std::chrono::steady_clock::now();
  if (last || now - state_->begin >= state_->longest) return end();
  flush_behind(now);
  return {};
}

// So that little is left to wait for at the end. The system tells a failure once only (fsync(2)),
// so it is kept until then.
void SqliteFirstLoad::flush_behind(std::chrono::steady_clock::time_point now) {
  if (now - state_->flushed < kFlushEach || !state_->flush.is_done()) return;
  static_cast<void>(state_->flush.wait());
  state_->flushed = now;
  state_->flush.start([state = state_.get()]() -> base::Result<void> {
    state->lost = !wait_for_disk(state->file) || state->lost;
    return {};
  });
}

// In an order in which a power cut leaves the note or a whole file. While somebody reads, SQLite
// does not go over to a log: the file then stays with its journal until it is opened for writing
// again, and the disk is waited for at each commit.
base::Result<void> SqliteFirstLoad::end() {
  if (!runs()) return {};
  static_cast<void>(state_->flush.wait());
  sqlite3_file* const file = std::exchange(state_->file, nullptr);
  if (!state_->db->execute("PRAGMA journal_mode = WAL", "load into"))
    static_cast<void>(state_->db->execute(kUndoHalfDone, "load into"));
  if (!wait_for_disk(file) || state_->lost)
    return base::fail(base::ErrorKind::environment,
                      fmt::format("cannot write {}: the disk did not take it all (delete {} and "
                                  "run again)",
                                  state_->db->name(), state_->path));
  remove_note(state_->path);
  return state_->db->execute("PRAGMA synchronous = NORMAL", "load into");
}

}  // namespace destinations
