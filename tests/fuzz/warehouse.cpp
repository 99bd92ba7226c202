// SPDX-License-Identifier: Apache-2.0
// A warehouse whose own tables somebody else wrote: each line "TABLE.COLUMN=VALUE" replaces a cell
// of every row of one of our tables. Opening, looking, comparing and loading then work, or say why
// they do not. VALUE is an SQL literal where it begins with a quote or digit, else a text.
#include "base/time.hpp"
#include "check.hpp"
#include "destinations/sqlite_destination.hpp"
#include "protocol/parse.hpp"

#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>

namespace {

using destinations::OpenOptions;
using destinations::SqliteDestination;
using fuzz::require;

constexpr const char* kPage = R"({"state": {"page": 1}, "hasMore": false,
  "insert": {"a": [{"id": 1, "v": 1.5, "d": 123456789012345678901, "t": "2024-01-01T00:00:00Z",
                    "j": {"k": [1]}, "b": true}], "n": [{"x": 1}]},
  "schema": {"a": {"primary_key": ["id"]}}})";

// A file in a folder that is gone at the end.
const std::string& path() {
  static const std::string made = [] {
    const std::filesystem::path base =
        std::filesystem::exists("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path();
    std::string folder = (base / "fsim-fuzz-XXXXXX").string();
    require(::mkdtemp(folder.data()) != nullptr);
    return folder + "/w.sqlite";
  }();
  static const int registered = std::atexit([] {
    std::error_code ignored;
    std::filesystem::remove_all(std::filesystem::path(path()).parent_path(), ignored);
  });
  require(registered == 0);
  return made;
}

base::Result<core::LoadFacts> load(core::Destination& warehouse, int sync) {
  core::LoadBatch batch;
  batch.response = protocol::parse(base::PaddedBuffer(std::string_view(kPage)));
  batch.sync = sync;
  batch.sync_id = "s";
  batch.call = 1;
  batch.sync_start = batch.now = core::WallTime(std::chrono::milliseconds(1'700'000'000'000));
  batch.new_state.json = R"({"page": 1})";
  batch.last = true;
  return warehouse.load(batch);
}

// A warehouse with one page, made once and copied from then on.
std::unique_ptr<SqliteDestination> fresh() {
  static const std::string made = [] {
    std::string file = path() + ".made";
    auto opened = SqliteDestination::open_file(file, OpenOptions());
    require(opened.has_value());
    require(load(**opened, *(*opened)->begin_sync("s", {})).has_value());
    return file;
  }();
  std::error_code ignored;
  for (const char* end : {"-wal", "-shm"}) std::filesystem::remove(path() + end, ignored);
  std::filesystem::copy_file(made, path(), std::filesystem::copy_options::overwrite_existing);
  auto opened = SqliteDestination::open_file(path(), OpenOptions());
  require(opened.has_value());
  return std::move(*opened);
}

void edit(SqliteDestination& warehouse, std::string_view line) {
  const std::size_t dot = line.find('.'), equals = line.find('=');
  if (dot == line.npos || equals == line.npos || equals < dot) return;
  const auto word = [](std::string_view text) {
    for (const char c : text)
      if (!((c >= 'a' && c <= 'z') || c == '_')) return std::string("x");
    return std::string(text);
  };
  const std::string_view value = line.substr(equals + 1);
  const bool number =
      !value.empty() && value.size() < 20 && value.find_first_not_of("-0123456789") == value.npos;
  auto statement =
      warehouse.db().prepare("UPDATE OR IGNORE _fivetran_sim_" + word(line.substr(0, dot)) +
                             " SET " + word(line.substr(dot + 1, equals - dot - 1)) + " = " +
                             (number ? "CAST(?1 AS INTEGER)" : "?1"));
  if (!statement) return;
  statement->bind(1, value);
  static_cast<void>(statement->step());
}

void look(core::Destination& warehouse) {
  const auto tables = warehouse.tables();
  static_cast<void>(warehouse.connection());
  static_cast<void>(warehouse.state());
  if (const auto history = warehouse.state_history())
    for (const core::StoredState& state : *history) require(!base::iso_time(state.at).empty());
  for (const core::Table& table : tables ? *tables : std::vector<core::Table>()) {
    core::Scan scan;
    scan.table = table.name;
    for (const core::Column& column : table.columns)
      scan.columns.push_back({column.name, column.type});
    scan.ordered_by = scan.columns.empty() ? 0 : 1;
    const auto cursor = warehouse.scan(scan);
    if (!cursor) continue;
    while (true) {
      const auto more = (*cursor)->next();
      if (!more || !*more) break;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz::text_of(data, size);
  {
    const auto warehouse = fresh();
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      edit(*warehouse, text.substr(0, end));
      text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
  }
  auto again = SqliteDestination::open_file(path(), OpenOptions());
  if (!again) {
    require(!again.error().message.empty());
    return 0;
  }
  look(**again);
  const auto sync = (*again)->begin_sync("t", core::WallTime(std::chrono::milliseconds(1)));
  if (!sync) return 0;
  const auto facts = load(**again, *sync);
  if (!facts) require(!facts.error().message.empty());
  look(**again);
  return 0;
}
