// SPDX-License-Identifier: Apache-2.0
//
// raw_floor dom FILE…                what a bare simdjson DOM parse of the files takes
// raw_floor load DATABASE FILE…      reads the rows of `orders` with simdjson and writes them with
// one
//                                    prepared statement, a transaction a file, WAL and
//                                    synchronous=normal
// raw_floor load-unsafe DATABASE …   the same without a journal and without waiting for the disk
//
// It judges nothing and knows the shape of the pages: less work than this cannot load them through
// SQLite's statements.
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

namespace {

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "raw_floor: %s\n", what.c_str());
  std::exit(1);
}

void run(sqlite3* db, const std::string& sql) {
  if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail(sql + ": " + sqlite3_errmsg(db));
}

void parse_all(const std::vector<std::string>& files) {
  simdjson::dom::parser parser;
  for (const std::string& file : files) {
    simdjson::dom::element document;
    if (parser.load(file).get(document) != simdjson::SUCCESS) fail(file + " is no JSON");
  }
}

class Table {
 public:
  explicit Table(sqlite3* db) : db_(db) {}
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  ~Table() { sqlite3_finalize(insert_); }

  void add(const simdjson::dom::object& row) {
    if (insert_ == nullptr) make(row);
    int place = 0;
    for (const auto field : row) bind(++place, field.value);
    if (sqlite3_step(insert_) != SQLITE_DONE) fail(sqlite3_errmsg(db_));
    sqlite3_reset(insert_);
  }

 private:
  void make(const simdjson::dom::object& row) {
    std::string columns, places;
    for (const auto field : row) {
      columns += std::string(field.key) + ",";
      places += places.empty() ? "?" : ",?";
    }
    run(db_, "create table if not exists orders(" + columns + "primary key(id))");
    const std::string sql = "insert or replace into orders values(" + places + ")";
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &insert_, nullptr) != SQLITE_OK)
      fail(sqlite3_errmsg(db_));
  }

  void bind(int place, const simdjson::dom::element& value) {
    using simdjson::dom::element_type;
    switch (value.type()) {
      case element_type::INT64:
      case element_type::UINT64:
        sqlite3_bind_int64(insert_, place, value.get_int64().value());
        return;
      case element_type::DOUBLE:
        sqlite3_bind_double(insert_, place, value.get_double().value());
        return;
      case element_type::STRING: {
        const std::string_view text = value.get_string().value();
        sqlite3_bind_text(insert_, place, text.data(), static_cast<int>(text.size()),
                          SQLITE_STATIC);
        return;
      }
      case element_type::BOOL: sqlite3_bind_int(insert_, place, value.get_bool().value()); return;
      case element_type::NULL_VALUE: sqlite3_bind_null(insert_, place); return;
      case element_type::ARRAY:
      case element_type::OBJECT: {
        const std::string text = simdjson::minify(value);
        sqlite3_bind_text(insert_, place, text.data(), static_cast<int>(text.size()),
                          SQLITE_TRANSIENT);
        return;
      }
    }
  }

  sqlite3* db_;
  sqlite3_stmt* insert_ = nullptr;
};

void load(const std::string& database, const std::vector<std::string>& files, bool durable) {
  sqlite3* db = nullptr;
  if (sqlite3_open(database.c_str(), &db) != SQLITE_OK) fail("cannot open " + database);
  run(db, durable ? "pragma journal_mode=wal" : "pragma journal_mode=off");
  run(db, durable ? "pragma synchronous=normal" : "pragma synchronous=off");
  {
    Table table(db);
    simdjson::dom::parser parser;
    for (const std::string& file : files) {
      const simdjson::dom::element page = parser.load(file);
      run(db, "begin");
      for (const auto row : page["insert"]["orders"].get_array()) table.add(row.get_object());
      run(db, "commit");
    }
  }
  sqlite3_close(db);
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> all(words + 1, words + count);
  try {
    if (all.size() > 1 && all[0] == "dom") {
      parse_all({all.begin() + 1, all.end()});
    } else if (all.size() > 2 && all[0].starts_with("load")) {
      load(all[1], {all.begin() + 2, all.end()}, all[0] == "load");
    } else {
      fail("usage: raw_floor dom FILE… | load DATABASE FILE… | load-unsafe DATABASE FILE…");
    }
  } catch (const simdjson::simdjson_error& error) {
    fail(error.what());
  }
  return 0;
}
