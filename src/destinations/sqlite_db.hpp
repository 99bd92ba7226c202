// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "destinations/cell.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace destinations {

// What a step of a statement gave. failed: SqliteDb::error tells why.
enum class Step { row, done, failed };

// A prepared statement. Parameters count from 1, columns from 0. Texts that are bound must stay
// alive until the step is over.
class SqliteStatement {
 public:
  SqliteStatement() = default;
  explicit SqliteStatement(sqlite3_stmt* statement) : statement_(statement) {}

  explicit operator bool() const noexcept { return statement_ != nullptr; }

  void bind(int parameter, const Cell& cell);
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view text);
  void bind_null(int parameter);

  Step step();
  // Runs a statement that gives no rows and makes it ready to run again.
  bool run();
  // Makes it ready to run again; bound values stay.
  void reset();

  int columns() const;
  std::string column_name(int column) const;
  // The type with which a table declares the column; empty for an expression.
  std::string_view declared_type(int column) const;
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;  // valid until the next step or reset
  // The value as it is stored: never absent; a blob counts as text.
  Cell cell(int column) const;
  sqlite3_stmt* handle() const noexcept { return statement_.get(); }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

enum class SqliteMode {
  read,    // an existing file, nothing is changed or left behind
  write,   // the file is made when it is missing
  scratch  // no name; lives in memory and, where it grows, in a temporary file until it is closed
};

// A connection to a SQLite database file, for one thread at a time.
class SqliteDb {
 public:
  // `name` is how messages call it: "sqlite:w.sqlite".
  static base::Result<SqliteDb> open(const std::string& path, const std::string& name,
                                     SqliteMode mode);

  base::Result<SqliteStatement> prepare(std::string_view sql);
  // Runs statements that give no rows; `doing` is for the message: "load orders into".
  base::Result<void> execute(const std::string& sql, std::string_view doing);
  std::int64_t changes() const;
  int max_columns() const;
  bool is_readonly() const;
  // Only reading, without side effects, while it is on: no ATTACH, no transaction, no PRAGMA that
  // sets something.
  void guard(bool on);
  // The last statement was not prepared because of the guard.
  bool was_denied() const;
  // The first statement of `sql` and what follows it; the statement is empty when it holds none.
  struct Prepared {
    SqliteStatement statement;
    std::string_view rest;
  };
  base::Result<Prepared> prepare_first(std::string_view sql, std::string_view doing);

  // What the last failure means for the user: "cannot load orders into sqlite:w.sqlite: …".
  base::Error error(std::string_view doing) const;
  const std::string& name() const noexcept { return name_; }
  sqlite3* handle() const noexcept { return db_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  static base::Result<SqliteDb> open_once(const std::string& path, const std::string& name,
                                          int flags);
  SqliteDb(sqlite3* db, std::string name) : db_(db), name_(std::move(name)) {}

  std::unique_ptr<sqlite3, Close> db_;
  std::string name_;
};

// Takes the write lock of the database; rolls back unless it is committed.
class SqliteTransaction {
 public:
  static base::Result<SqliteTransaction> begin(SqliteDb& db, std::string_view doing);
  SqliteTransaction(SqliteTransaction&& other) noexcept
      : db_(std::exchange(other.db_, nullptr)), doing_(std::move(other.doing_)) {}
  SqliteTransaction& operator=(SqliteTransaction&&) = delete;
  ~SqliteTransaction();
  base::Result<void> commit();

 private:
  SqliteTransaction(SqliteDb* db, std::string_view doing) : db_(db), doing_(doing) {}
  SqliteDb* db_;
  std::string doing_;
};

}  // namespace destinations
