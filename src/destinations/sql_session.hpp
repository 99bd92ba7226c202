// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace destinations {

// A row of texts as the engine prints them; null is none.
using SqlRow = std::vector<std::optional<std::string>>;

// A connection that takes SQL as text, open on one schema: PostgreSQL and DuckDB. For one thread at
// a time. `doing` is for messages: "load a page into".
class SqlSession {
 public:
  virtual ~SqlSession() = default;

  // Runs statements, separated by `;`, and forgets their rows.
  virtual base::Result<void> execute(const std::string& sql, std::string_view doing) = 0;
  // Runs one statement and tells how many rows it changed.
  virtual base::Result<std::uint64_t> change(const std::string& sql, std::string_view doing) = 0;
  // Runs one statement and keeps all its rows.
  virtual base::Result<std::vector<SqlRow>> select(const std::string& sql,
                                                   std::string_view doing) = 0;
  // The quoted name of a table with that of its schema.
  virtual std::string qualified(std::string_view table) const = 0;
  virtual const std::string& schema() const = 0;
  // How messages call it; holds no secret: "postgresql://host/db".
  virtual const std::string& name() const = 0;
};

// Rolls back unless it is committed.
class SqlTransaction {
 public:
  static base::Result<SqlTransaction> begin(SqlSession& session, std::string_view doing) {
    FSIM_TRY(session.execute("BEGIN", doing));
    return SqlTransaction(&session, doing);
  }
  SqlTransaction(SqlTransaction&& other) noexcept
      : session_(std::exchange(other.session_, nullptr)), doing_(std::move(other.doing_)) {}
  SqlTransaction& operator=(SqlTransaction&&) = delete;
  ~SqlTransaction() {
    if (session_ == nullptr) return;
    [[maybe_unused]] const auto ignored = session_->execute("ROLLBACK", doing_);
  }
  base::Result<void> commit() {
    FSIM_TRY(session_->execute("COMMIT", doing_));
    session_ = nullptr;
    return {};
  }

 private:
  SqlTransaction(SqlSession* session, std::string_view doing) : session_(session), doing_(doing) {}
  SqlSession* session_;
  std::string doing_;
};

}  // namespace destinations
